import type { Certificate } from '../../../lattice/certificate.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import {
  decodeToken,
  encodeToken,
  isCursor,
  type ListPage,
  listPage,
  type PageScope,
} from '../../pagination.ts';
import { acmRead, type Input } from './acm-operation.ts';
import {
  certificateFacts,
  certificateSummary,
  extendedKeyUsagesOf,
  statusOf,
} from './certificate-answer.ts';
import { validationError } from './errors.ts';

/** What is listed unless other types are asked for (API reference, Filters). */
const DEFAULT_KEY_TYPES: readonly Certificate['keyAlgorithm'][] = ['RSA_1024', 'RSA_2048'];

/** AWS does not say how long its pages are. */
const DEFAULT_PAGE = 100;

/** In order of creation, the oldest first unless it is to be the other way round. */
export const listCertificates = acmRead<'ListCertificates'>(async (tx, input, context) => {
  const { accountId } = context.caller;
  const { SortBy: by, SortOrder: order, MaxItems: most = DEFAULT_PAGE, NextToken: token } = input;
  if ((by === undefined) !== (order === undefined)) {
    throw validationError('SortBy and SortOrder must be given together.');
  }
  const scope = {
    accountId,
    operation: 'ListCertificates',
    filter: {
      statuses: JSON.stringify(input.CertificateStatuses ?? []),
      includes: JSON.stringify(input.Includes ?? {}),
      order,
    },
  };
  const accept = (certificate: Certificate) => isWanted(certificate, input, context.now);
  const { items, nextToken } =
    order === 'DESCENDING'
      ? await newestFirst(tx, most, token, scope, accept)
      : await listPage(
          tx,
          'certificate',
          { index: 'account', equals: accountId },
          { maxResults: most, nextToken: token },
          scope,
          accept,
        );
  const summaries = [];
  for (const certificate of items) {
    const users = await tx.count('service', { index: 'certificate', equals: certificate.arn });
    const facts = certificateFacts(certificate);
    summaries.push(certificateSummary(certificate, facts, users > 0, context.now));
  }
  return { CertificateSummaryList: summaries, NextToken: nextToken };
});

/** The store lists the oldest first. A cursor counts from the oldest too, so it stays right when others come. */
const newestFirst = async (
  tx: ReadTransaction,
  most: number,
  token: string | undefined,
  scope: PageScope,
  accept: (certificate: Certificate) => boolean,
): Promise<ListPage<Certificate>> => {
  const query = { index: 'account', equals: scope.accountId };
  const { items: all } = await tx.list('certificate', query);
  const cursor = token === undefined ? String(all.length) : decodeToken(token, scope);
  if (!isCursor(cursor)) throw validationError('The NextToken is invalid. Start again without it.');
  const wanted = all
    .map((certificate, index) => ({ certificate, index }))
    .slice(0, Number(cursor))
    .filter(({ certificate }) => accept(certificate))
    .reverse();
  const page = wanted.slice(0, most);
  const last = page.at(-1);
  return {
    items: page.map(({ certificate }) => certificate),
    ...(last !== undefined &&
      wanted.length > most && { nextToken: encodeToken(String(last.index), scope) }),
  };
};

const isWanted = (
  certificate: Certificate,
  { CertificateStatuses: statuses, Includes: includes = {} }: Input<'ListCertificates'>,
  now: Date,
): boolean => {
  if (statuses !== undefined && !statuses.includes(statusOf(certificate, now))) return false;
  const { keyTypes, keyUsage, extendedKeyUsage, exportOption, managedBy } = includes;
  if (!(keyTypes ?? DEFAULT_KEY_TYPES).includes(certificate.keyAlgorithm)) return false;
  // Certificates here are managed by nobody else, and stay here.
  if (managedBy !== undefined || exportOption === 'ENABLED') return false;
  if (keyUsage === undefined && extendedKeyUsage === undefined) return true;
  const facts = certificateFacts(certificate);
  return (
    hasAny(keyUsage, facts.keyUsages ?? []) &&
    hasAny(
      extendedKeyUsage,
      extendedKeyUsagesOf(facts).map(({ Name }) => Name),
    )
  );
};

const hasAny = (wanted: readonly string[] | undefined, has: readonly string[]): boolean =>
  wanted === undefined || wanted.some((one) => has.includes(one));
