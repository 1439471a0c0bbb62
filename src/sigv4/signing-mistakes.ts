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
/** Longer queries are compared as they came only: each of their variants would have to be built. */
const MAX_QUERY_PARAMETERS = 64;
const MAX_QUERY_LENGTH = 4096;
const MAX_HOST_LENGTH = 255;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT'];
const HASH_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/**
 * The mistakes that signers make, and changes on the way that can be told; at most some 30 of them.
 * Each is made when it is asked for, in time that the length of the request bounds.
 */
export function* signingMistakes(
  claim: ServiceClaim,
  request: ServiceRequest,
  parts: CanonicalParts,
  region: string,
): Generator<Mistake, void> {
  yield* payloadMistakes(parts);
  yield* methodMistakes(request);
  yield* hostMistakes(claim, request, parts);
  yield* headerMistakes(claim, request, parts);
  yield* queryMistakes(request, parts);
  yield* pathMistakes(request);
  yield* scopeMistakes(claim, region);
}

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

function* queryMistakes(request: ServiceRequest, parts: CanonicalParts): Generator<Mistake, void> {
  const query = rawQuery(request);
  const sent = query
    .split('&')
    .filter((part) => part !== '' && !part.startsWith('X-Amz-Signature='));
  if (sent.length === 0) return;
  const mistake = (finding: string, signed: string): Mistake[] =>
    signed === parts.query ? [] : [{ finding, parts: { query: signed } }];
  yield* mistake('the signature matches without the query: sign its parameters, too', '');
  if (query.length > MAX_QUERY_LENGTH || sent.length > MAX_QUERY_PARAMETERS) return;
  yield* mistake(
    'the signature matches for the query parameters in the order in which they came: sort them by name before signing',
    canonicalParameters(query, 'X-Amz-Signature').join('&'),
  );
  yield* mistake(
    'the signature matches for the query as it came: percent-encode names and values, and sort them by name, before signing',
    sent.join('&'),
  );
  yield* mistake(
    'the signature matches for the query without its percent-encoding made canonical: percent-encode all but letters, digits and `-._~` before signing',
    sent
      .map((part) => (part.includes('=') ? part : `${part}=`))
      .sort()
      .join('&'),
  );
  yield* mistake(
    'the signature matches for a `+` in the query that is meant as a plus: send `%2B`, since a `+` there is a space',
    canonicalParameters(query.replaceAll('+', '%2B'), 'X-Amz-Signature').toSorted().join('&'),
  );
  yield* leftOut(parts.query.split('&'));
}

/** A parameter that somebody added on the way, which is told from its name alone. */
function* leftOut(parameters: readonly string[]): Generator<Mistake, void> {
  let tried = 0;
  for (const [index, parameter] of parameters.entries()) {
    const name = parameter.slice(0, parameter.indexOf('='));
    if (name.startsWith('X-Amz-')) continue;
    if (++tried > MAX_PARAMETERS_TRIED) return;
    yield {
      finding: `the signature matches without the query parameter \`${printable(name)}\`: it was added after signing`,
      parts: { query: parameters.toSpliced(index, 1).join('&') },
    };
  }
}

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
