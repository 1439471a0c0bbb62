import { canonicalParameters } from './canonical-query.ts';
import { printable } from './check-claim.ts';
import { decodeUri } from './encode-uri.ts';
import { type CanonicalParts, headerValue, rawQuery } from './service-canonical.ts';
import { type ServiceClaim, UNSIGNED_PAYLOAD } from './service-claim.ts';
import { SERVICE_SIGNING_NAME, type ServiceRequest } from './service-request.ts';
import { ALGORITHM, type CredentialScope } from './string-to-sign.ts';

/** What a client may have signed in place of what it sent. What is absent is as in the request. */
export interface Mistake {
  /** What is said when the signature matches. */
  readonly finding: string;
  readonly parts?: Partial<CanonicalParts>;
  readonly path?: string;
  readonly scope?: CredentialScope;
}

const MAX_PARAMETERS_TRIED = 5;
const MAX_HOST_LENGTH = 255;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT'];
const HASH_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The mistakes that signers make, and changes on the way that can be told; at most some 25 of them. */
export const signingMistakes = (
  claim: ServiceClaim,
  request: ServiceRequest,
  parts: CanonicalParts,
  region: string,
): readonly Mistake[] => [
  ...payloadMistakes(parts),
  ...methodMistakes(request),
  ...hostMistakes(claim, request, parts),
  ...headerMistakes(claim, request, parts),
  ...queryMistakes(request, parts),
  ...pathMistakes(request),
  ...scopeMistakes(claim, region),
];

const payloadMistakes = ({ payload }: CanonicalParts): readonly Mistake[] =>
  [UNSIGNED_PAYLOAD, HASH_OF_NOTHING]
    .filter((other) => other !== payload)
    .map((other) => ({
      finding: `the signature matches with \`${other}\` as the hash of the payload${other === HASH_OF_NOTHING ? ', which is that of an empty one' : ''}: sign \`${UNSIGNED_PAYLOAD}\`, in the header and as the last line of the canonical request`,
      parts: { payload: other },
    }));

const methodMistakes = ({ method }: ServiceRequest): readonly Mistake[] =>
  METHODS.filter((other) => other !== method).map((other) => ({
    finding: `the signature matches for the method \`${other}\`, but the request came as \`${printable(method)}\`: it was changed after it was signed`,
    parts: { method: other },
  }));

const hostMistakes = (
  { signedHeaders }: ServiceClaim,
  { authority }: ServiceRequest,
  { headers }: CanonicalParts,
): readonly Mistake[] => {
  if (!signedHeaders.includes('host')) return [];
  const port = authority.lastIndexOf(':');
  const hosts =
    port > authority.lastIndexOf(']')
      ? [authority.slice(0, port)]
      : [`${authority}:80`, `${authority}:443`];
  hosts.push(authority.toLowerCase());
  return hosts
    .filter((other) => other !== authority)
    .map((other) => ({
      finding: `the signature matches for the host \`${printable(other, MAX_HOST_LENGTH)}\`, but the request came for \`${printable(authority, MAX_HOST_LENGTH)}\`: sign the Host header as it is sent, with its port if it has one`,
      parts: { headers: replaceHost(headers, authority, other) },
    }));
};

const replaceHost = (headers: string, authority: string, other: string): string => {
  const at = headers.startsWith('host:') ? 0 : headers.indexOf('\nhost:') + 1;
  const behind = at + 'host:'.length + authority.length;
  return `${headers.slice(0, at)}host:${other}${headers.slice(behind)}`;
};

const headerMistakes = (
  { signedHeaders }: ServiceClaim,
  request: ServiceRequest,
  { headers }: CanonicalParts,
): readonly Mistake[] => {
  const asSent = signedHeaders
    .map((name) => ({ name, value: headerValue(request, name) }))
    .filter(({ value }) => value !== undefined)
    .map(({ name, value }) => `${name}:${value}\n`)
    .join('');
  if (asSent === headers) return [];
  return [
    {
      finding:
        'the signature matches for header values with all their spaces: make each run of spaces one before signing',
      parts: { headers: asSent },
    },
  ];
};

const queryMistakes = (request: ServiceRequest, parts: CanonicalParts): readonly Mistake[] => {
  const sent = rawQuery(request)
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('X-Amz-Signature='));
  if (sent.length === 0) return [];
  const withEquals = sent.map((part) => (part.includes('=') ? part : `${part}=`));
  const encoded = canonicalParameters(rawQuery(request), 'X-Amz-Signature');
  const mistakes: Mistake[] = [
    {
      finding: 'the signature matches without the query: sign its parameters, too',
      parts: { query: '' },
    },
    {
      finding:
        'the signature matches for the query parameters in the order in which they came: sort them by name before signing',
      parts: { query: encoded.join('&') },
    },
    {
      finding:
        'the signature matches for the query as it came: percent-encode names and values, and sort them by name, before signing',
      parts: { query: sent.join('&') },
    },
    {
      finding:
        'the signature matches for the query without its percent-encoding made canonical: percent-encode all but letters, digits and `-._~` before signing',
      parts: { query: withEquals.toSorted().join('&') },
    },
    {
      finding:
        'the signature matches for a `+` in the query that is meant as a plus: send `%2B`, since a `+` there is a space',
      parts: {
        query: canonicalParameters(rawQuery(request).replaceAll('+', '%2B'), 'X-Amz-Signature')
          .toSorted()
          .join('&'),
      },
    },
    ...leftOut(parts.query),
  ];
  return mistakes.filter(({ parts: changed }) => changed?.query !== parts.query);
};

/** A parameter that somebody added on the way, which is told from its name alone. */
const leftOut = (query: string): readonly Mistake[] => {
  const parameters = query.split('&');
  return parameters
    .map((parameter, index) => ({
      name: parameter.slice(0, parameter.indexOf('=')),
      rest: parameters.toSpliced(index, 1).join('&'),
    }))
    .filter(({ name }) => !name.startsWith('X-Amz-'))
    .slice(0, MAX_PARAMETERS_TRIED)
    .map(({ name, rest }) => ({
      finding: `the signature matches without the query parameter \`${printable(name)}\`: it was added after signing`,
      parts: { query: rest },
    }));
};

const pathMistakes = ({ path }: ServiceRequest): readonly Mistake[] => {
  const mistakes: Mistake[] = [];
  if (path.includes('%')) {
    mistakes.push({
      finding:
        'the signature matches for the path without its percent-encoding: sign the path as it is sent',
      path: decodeUri(path),
    });
  }
  if (path !== '/') {
    const other = path.endsWith('/') ? path.slice(0, -1) : `${path}/`;
    mistakes.push({
      finding: `the signature matches for the path ${path.endsWith('/') ? 'without its last' : 'with one more'} \`/\`: sign the path as it is sent`,
      path: other,
    });
  }
  return mistakes;
};

/** Signed for another scope than the one that the request names. */
const scopeMistakes = (
  { algorithm, scope, amzDate }: ServiceClaim,
  region: string,
): readonly Mistake[] => {
  if (algorithm !== ALGORITHM) return [];
  const others: readonly Partial<CredentialScope>[] = [
    { date: amzDate.slice(0, 8) },
    { region },
    { region: 'us-east-1' },
    { service: SERVICE_SIGNING_NAME },
    { service: 'vpc-lattice' },
    { service: 'execute-api' },
  ];
  return others
    .map((other) => ({ ...scope, ...other }))
    .filter(
      (other) =>
        other.date !== scope.date ||
        other.region !== scope.region ||
        other.service !== scope.service,
    )
    .map((other) => ({
      finding: `the signature was made for the scope \`${other.date}/${printable(other.region)}/${printable(other.service)}\`, but the request names \`${printable(`${scope.date}/${scope.region}/${scope.service}`)}\`: sign and name the same`,
      scope: other,
    }));
};
