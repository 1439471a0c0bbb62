import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  aPolicyText,
  arnOf,
  aSignedHead,
  callerParts,
  NOW_MS,
  type SampleRequest,
} from '../../../test/support/sample-callers.ts';
import type { ServicePart } from '../../snapshot/parts.ts';
import { decide } from '../decide/decide.ts';
import type { Source } from '../request-head.ts';
import { aDelta, aNetwork, aService, aSnapshot, aSource, aVpc } from '../sample-parts.ts';
import { DataPlaneState } from '../state.ts';

/** Statements of a policy; `none`: AWS_IAM without a policy; absent: NONE. */
type AuthPolicy = readonly object[] | 'none';

interface Case extends SampleRequest {
  readonly name: string;
  readonly source?: Partial<Source>;
  /** Path in the text of the refusal, where it is not that of the request. */
  readonly resource?: string;
  /** `allow`, or how the text of the refusal ends. */
  readonly expect: string;
}

interface CasesFile {
  readonly about: string;
  readonly groups: readonly {
    readonly name: string;
    readonly network?: AuthPolicy;
    readonly service?: AuthPolicy;
    /** Of the service. */
    readonly tags?: ServicePart['tags'];
    readonly cases: readonly Case[];
  }[];
}

const FILES = ['layers', 'aws-examples', 'condition-keys', 'resources'];
const read = (name: string): CasesFile =>
  JSON.parse(readFileSync(new URL(`./testdata/${name}.json`, import.meta.url), 'utf8'));

const guarded = (policy: AuthPolicy | undefined) => {
  if (policy === undefined) return {};
  const authType = 'AWS_IAM' as const;
  return policy === 'none' ? { authType } : { authType, authPolicy: aPolicyText(policy) };
};

const SERVICE_ARN = aService().arn;

const refusalText = ({ who, request, resource, expect: ending }: Case): string => {
  const [path = ''] = (request.split(' ')[1] ?? '').split('?');
  return (
    `AccessDeniedException: User: ${arnOf(who)} is not authorized to perform: ` +
    `vpc-lattice-svcs:Invoke on resource: ${SERVICE_ARN}${resource ?? path} ${ending}`
  );
};

describe.each(FILES.map(read))('$about', ({ groups }) => {
  describe.each(groups)('$name', ({ network, service, tags, cases }) => {
    const state = new DataPlaneState({ now: () => NOW_MS });
    state.apply(
      aDelta([
        ...aSnapshot(),
        ...callerParts(),
        aVpc({ id: 'vpc-2', accountId: '444455556666' }),
        aNetwork(guarded(network)),
        aService({ ...guarded(service), ...(tags && { tags }) }),
      ]),
    );

    test.each(cases)('$name', async (each) => {
      const decision = decide(await aSignedHead(each), aSource(each.source), state, NOW_MS);
      const refused = decision.type === 'reply' ? decision.refusal?.message : undefined;
      expect(refused).toBe(each.expect === 'allow' ? undefined : refusalText(each));
      if (decision.type === 'reply' && each.expect !== 'allow') {
        expect(decision).toMatchObject({ statusCode: 403, failure: 'ClientAccessDenied' });
        expect(decision.body).toBe(refused);
      }
    });
  });
});
