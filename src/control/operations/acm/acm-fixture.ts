import type { CertificateAuthority } from '../../../certificates/certificate-authority.ts';
import { sampleAuthority } from '../../../certificates/sample-authority.ts';
import { randomId } from '../../../lattice/ids.ts';
import type { AcmOperationName } from '../../../protocol/generated/acm.ts';
import { openSqliteStore } from '../../../store/sqlite/sqlite-store.ts';
import type { Store } from '../../../store/store.ts';
import type { Operation, RequestContext } from '../../operation.ts';
import { DEFAULT_CONTROL_SETTINGS, DEFAULT_QUOTAS, type Quotas } from '../../settings.ts';
import { refusalOf, runOperation } from '../operation-fixture.ts';
import type { Input, Output } from './acm-operation.ts';
import { acmOperations } from './registry.ts';

export const ACCOUNT = '111122223333';
export const OTHER_ACCOUNT = '444455556666';

/** For tests: runs acm operations on a store in memory, with a clock that stands still. */
export class Acm {
  readonly store: Store;
  readonly authority: CertificateAuthority;
  readonly quotas: Quotas;
  accountId = ACCOUNT;
  now = new Date('2027-01-01T00:00:00.000Z');

  constructor(store: Store, authority: CertificateAuthority, quotas: Partial<Quotas>) {
    this.store = store;
    this.authority = authority;
    this.quotas = { ...DEFAULT_QUOTAS, ...quotas };
  }

  static async open(quotas: Partial<Quotas> = {}, store?: Store): Promise<Acm> {
    const authority = await sampleAuthority(new Date('2026-12-01'));
    return new Acm(store ?? (await openSqliteStore({ memory: true })), authority, quotas);
  }

  async call<N extends AcmOperationName>(name: N, input: Input<N>): Promise<Output<N>> {
    const operation = acmOperations[name] as unknown as Operation<Input<N>, Output<N>>;
    const context: RequestContext = {
      caller: {
        accountId: this.accountId,
        principalArn: `arn:aws:iam::${this.accountId}:root`,
        accessKeyId: 'AKIDEXAMPLE',
      },
      requestId: '00000000-0000-0000-0000-000000000000',
      now: this.now,
      settings: { ...DEFAULT_CONTROL_SETTINGS, quotas: this.quotas },
      newId: randomId,
      targetHealth: { read: () => undefined },
      certificateAuthority: this.authority,
    };
    return runOperation(operation, this.store, input, context);
  }

  /** `CODE: text` of the error with which the call ends, which must have changed nothing. */
  async refusal<N extends AcmOperationName>(name: N, input: Input<N>): Promise<string> {
    return refusalOf(this.store, name, () => this.call(name, input));
  }

  /** The ARN of a certificate that was imported. */
  async imported(input: Input<'ImportCertificate'>): Promise<string> {
    return (await this.call('ImportCertificate', input)).CertificateArn ?? '';
  }

  /** The ARN of a certificate that was requested. */
  async requested(input: Input<'RequestCertificate'>): Promise<string> {
    return (await this.call('RequestCertificate', input)).CertificateArn ?? '';
  }

  async describe(arn: string): Promise<NonNullable<Output<'DescribeCertificate'>['Certificate']>> {
    const { Certificate: detail } = await this.call('DescribeCertificate', { CertificateArn: arn });
    if (!detail) throw new Error('nothing was answered');
    return detail;
  }
}
