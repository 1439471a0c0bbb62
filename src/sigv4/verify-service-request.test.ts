import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  CREDENTIALS,
  findSample,
  NOW_MS,
  REGION,
  SESSION,
  type Signing,
  signedRequest,
  type Unsigned,
  withAddedHeader,
  withHeader,
  withTarget,
} from '../../test/support/service-requests.ts';
import type { ServiceRequest } from './service-request.ts';
import { MISMATCH_TEXT } from './signature-problem.ts';
import { VerificationKeys } from './verification-keys.ts';
import { verifyServiceRequest } from './verify-service-request.ts';

/** `anonymous`, the caller's name, or the text of the refusal. */
const verdict = (request: ServiceRequest, nowMs = NOW_MS, region = REGION): string => {
  const verification = verifyServiceRequest(request, region, findSample, nowMs);
  if (!verification.signed) return 'anonymous';
  if (verification.valid) return verification.caller;
  const { code, message } = verification.problem;
  return `${code}: ${message}`;
};

const MISMATCH = `InvalidSignatureException: ${MISMATCH_TEXT}`;

const segment = fc.oneof(
  fc.constantFrom('items', 'a%20b', '%E2%98%83', '%25', '..', '.', '', 'a(b)*', ':@!$&,;=+'),
  fc.stringMatching(/^[A-Za-z0-9._~-]{1,12}$/),
);
const text = fc.string({ maxLength: 12, unit: 'grapheme' });
const unsigned: fc.Arbitrary<Unsigned> = fc.record({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE', 'HEAD', 'PROPFIND'),
  path: fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`),
  query: fc.dictionary(
    fc.stringMatching(/^[a-wyz][A-Za-z +&=%-]{0,8}$/),
    fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
    { maxKeys: 4, noNullPrototype: true },
  ),
  headers: fc.dictionary(
    fc.constantFrom('x-amz-target', 'content-type', 'x-other', 'x-amz-note', 'cookie'),
    fc.stringMatching(/^[!-~]( {0,3}[!-~é☃]){0,8}$/),
    { noNullPrototype: true },
  ),
  host: fc.constantFrom('rates.example.com', 'rates.example.com:8080', 'RATES.example.com'),
});
const hmacForm = fc.constantFrom('header' as const, 'query' as const);
const credentials = fc.constantFrom(CREDENTIALS, SESSION);

describe('what AWS’s signers sign is accepted', () => {
  test('with SigV4, in both forms', async () => {
    await fc.assert(
      fc.asyncProperty(unsigned, hmacForm, credentials, async (sent, form, by) => {
        const request = await signedRequest(sent, { form, credentials: by });
        expect(verdict(request)).toBe(by === SESSION ? 'session' : 'long');
        // From what was kept of the first time.
        expect(verdict(request)).toBe(by === SESSION ? 'session' : 'long');
      }),
    );
  });

  test('with SigV4A', async () => {
    await fc.assert(
      fc.asyncProperty(unsigned, credentials, async (sent, by) => {
        const request = await signedRequest(sent, { form: 'v4a', credentials: by });
        expect(verdict(request)).toBe(by === SESSION ? 'session' : 'long');
      }),
      { numRuns: 20 },
    );
  });
});

const flip = (value: string, at: number): string => {
  const index = at % value.length;
  const other = value[index] === 'A' ? 'B' : 'A';
  return value.slice(0, index) + other + value.slice(index + 1);
};

const changes: readonly {
  name: string;
  change: (request: ServiceRequest, at: number) => ServiceRequest;
}[] = [
  { name: 'the method', change: (r, at) => ({ ...r, method: flip(r.method, at) }) },
  {
    name: 'the path',
    change: (r, at) =>
      withTarget(r, `/${flip(r.path.slice(1) || 'x', at)}${r.target.slice(r.path.length)}`),
  },
  {
    name: 'the query',
    change: (r, at) => {
      const query = r.target.slice(r.path.length + 1);
      return withTarget(r, `${r.path}?${query === '' ? 'a' : flip(query, at)}`);
    },
  },
  {
    name: 'the query by a parameter more',
    change: (r) => withTarget(r, `${r.target}${r.target.includes('?') ? '&' : '?'}zz=1`),
  },
  {
    name: 'the host',
    change: (r, at) => ({ ...r, authority: flip(r.authority, at) }),
  },
  {
    name: 'a signed header',
    change: (r, at) => withHeader(r, 'x-signed', (value) => flip(value, at)),
  },
  {
    name: 'a signed header by a line more',
    change: (r) => withAddedHeader(r, 'x-signed', 'more'),
  },
  { name: 'a signed header, removed', change: (r) => withHeader(r, 'x-signed', undefined) },
];

/** Paths that normalising leaves alone: `/a/../b` may be signed as `/b`, so that `a` is not covered. */
const normal = unsigned.filter(({ path = '' }) => !/\/\.{0,2}(?=\/|$)/.test(path));

const forms = [
  { form: 'header', runs: 30 },
  { form: 'query', runs: 30 },
  // Signing takes AWS's own signer some milliseconds.
  { form: 'v4a', runs: 10 },
] as const;
const signings = forms.flatMap((form) => [
  { ...form, by: CREDENTIALS, as: 'long' },
  { ...form, by: SESSION, as: 'session' },
]);

describe.each(signings)('of what is signed ($form, $as)', ({ form, runs, by, as }) => {
  test.each(changes)('a change of $name refuses', async ({ change }) => {
    await fc.assert(
      fc.asyncProperty(normal, fc.nat(10_000), async (sent, at) => {
        const headers = { ...sent.headers, 'x-signed': 'some value' };
        const request = await signedRequest({ ...sent, headers }, { form, credentials: by });
        expect(verdict(request)).toBe(as);
        expect(verdict(change(request, at))).toMatch(/^(In|Unrec)\w+Exception: /);
      }),
      { numRuns: runs },
    );
  });

  test('a change of any byte of a header or parameter of AWS’s refuses', async () => {
    const request = await signedRequest({}, { form, credentials: by });
    expect(verdict(request)).toBe(as);
    for (const name of request.names.filter((one) => one.startsWith('x-amz-'))) {
      const { length } = request.values[request.names.indexOf(name)] as string;
      for (let at = 0; at < length; at += 1) {
        expect(verdict(withHeader(request, name, (value) => flip(value, at)))).not.toBe(as);
      }
    }
    for (let at = request.path.length + 1; at < request.target.length; at += 1) {
      expect(verdict(withTarget(request, flip(request.target, at)))).not.toBe(as);
    }
  });
});

test.each(['header', 'v4a'] as const)(
  'a change of any byte of the Authorization header refuses (%s)',
  async (form) => {
    const request = await signedRequest({ headers: { 'x-signed': 'a' } }, { form });
    expect(verdict(request)).toBe('long');
    const value = request.values[request.names.indexOf('authorization')] as string;
    for (let at = 0; at < value.length; at++) {
      const changed = withHeader(request, 'authorization', () => flip(value, at));
      // Until the scheme is no longer one of AWS's, which makes it nobody's signature.
      expect(verdict(changed)).toMatch(at < 5 && at !== 0 ? /./ : /Exception: |^anonymous$/);
      expect(verdict(changed)).not.toBe('long');
    }
  },
);

const edit =
  (name: string, change: ((value: string) => string) | undefined) =>
  (request: ServiceRequest): ServiceRequest =>
    withHeader(request, name, change);
const add =
  (name: string, value: string) =>
  (request: ServiceRequest): ServiceRequest =>
    withAddedHeader(request, name, value);
const retarget =
  (change: (target: string) => string) =>
  (request: ServiceRequest): ServiceRequest =>
    withTarget(request, change(request.target));

interface Case {
  readonly name: string;
  readonly unsigned?: Unsigned;
  readonly signing?: Signing;
  readonly change?: (request: ServiceRequest) => ServiceRequest;
  /** Ends with a caller, `anonymous`, or (part of) the text of refusal. */
  readonly is: string;
}

const UNKNOWN =
  'UnrecognizedClientException: The security token included in the request is invalid';
const NOT_SENT =
  "IncompleteSignatureException: Missing the 'x-amz-content-sha256' in canonical headers";
const HASHED = 'InvalidSignatureException: Signed payloads are not supported';
const ONE_MECHANISM = 'IncompleteSignatureException: Only one auth mechanism allowed';
const later = (minutes: number): Signing => ({ atMs: NOW_MS + minutes * 60_000 });
const hash = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

const cases: readonly Case[] = [
  { name: 'a signature', is: 'long' },
  { name: 'the hash of the payload', signing: { payload: hash }, is: HASHED },
  { name: 'chunks', signing: { payload: 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }, is: HASHED },
  { name: 'no word on the payload', signing: { payload: null }, is: NOT_SENT },
  {
    name: 'the word on the payload added after signing',
    signing: { payload: null },
    change: add('x-amz-content-sha256', 'UNSIGNED-PAYLOAD'),
    is: NOT_SENT,
  },
  {
    name: 'the word on the payload removed',
    change: edit('x-amz-content-sha256', undefined),
    is: NOT_SENT,
  },
  {
    name: 'presigned, no word on the payload',
    signing: { payload: null, form: 'query' },
    is: NOT_SENT,
  },
  { name: 'presigned, a hash', signing: { payload: hash, form: 'query' }, is: HASHED },
  { name: 'SigV4A, a hash', signing: { payload: hash, form: 'v4a' }, is: HASHED },
  {
    name: 'another region',
    signing: { region: 'eu-west-1' },
    is: "InvalidSignatureException: Credential should be scoped to a valid region, not 'eu-west-1'",
  },
  {
    name: 'the service of the API',
    signing: { service: 'vpc-lattice' },
    is: "InvalidSignatureException: Credential should be scoped to correct service: 'vpc-lattice-svcs'.",
  },
  { name: 'five minutes ago', signing: later(-5), is: 'long' },
  { name: 'in five minutes', signing: later(5), is: 'long' },
  {
    name: 'longer ago',
    signing: later(-5.02),
    is: 'InvalidSignatureException: Signature expired: 20260401T122954Z is now earlier than 20260401T122956Z (20260401T123456Z - 5 min.)',
  },
  {
    name: 'in more than that',
    signing: later(5.02),
    is: 'InvalidSignatureException: Signature not yet current: 20260401T123957Z is still later than',
  },
  {
    name: 'presigned for longer',
    signing: { ...later(-59), form: 'query', expiresIn: 3600 },
    is: 'long',
  },
  {
    name: 'presigned for seven days',
    signing: { ...later(-60 * 24 * 7 + 1), form: 'query', expiresIn: 604_800 },
    is: 'long',
  },
  {
    name: 'presigned, and over',
    signing: { ...later(-61), form: 'query', expiresIn: 3600 },
    is: 'InvalidSignatureException: Signature expired: ',
  },
  {
    name: 'presigned for more than seven days',
    signing: { form: 'query' },
    change: retarget((target) => target.replace('Expires=60', 'Expires=604801')),
    is: 'IncompleteSignatureException: X-Amz-Expires must be',
  },
  {
    name: 'another key id',
    signing: { credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } },
    is: UNKNOWN,
  },
  {
    name: 'another secret',
    signing: { credentials: { ...CREDENTIALS, secretAccessKey: 'x' } },
    is: MISMATCH,
  },
  {
    name: 'another secret, SigV4A',
    signing: { credentials: { ...CREDENTIALS, secretAccessKey: 'x' }, form: 'v4a' },
    is: MISMATCH,
  },
  {
    name: 'a token that is not that of the key',
    signing: { credentials: { ...CREDENTIALS, sessionToken: SESSION.sessionToken as string } },
    is: UNKNOWN,
  },
  {
    name: 'a token that is over',
    signing: { credentials: { ...SESSION, sessionToken: 'expired' } },
    is: UNKNOWN,
  },
  {
    name: 'a token that is over, with a signature that was made up',
    signing: { credentials: { ...SESSION, sessionToken: 'expired', secretAccessKey: 'x' } },
    is: UNKNOWN,
  },
  {
    name: 'a temporary key without its token',
    signing: { credentials: SESSION },
    change: edit('x-amz-security-token', undefined),
    is: UNKNOWN,
  },
  {
    name: 'a token added to a long-term key',
    change: add('x-amz-security-token', SESSION.sessionToken as string),
    is: UNKNOWN,
  },
  {
    name: 'two tokens',
    signing: { credentials: SESSION },
    change: add('x-amz-security-token', SESSION.sessionToken as string),
    is: 'IncompleteSignatureException: send one `x-amz-security-token` header, not several',
  },
  {
    name: 'two dates',
    change: add('x-amz-date', '20260401T123456Z'),
    is: 'IncompleteSignatureException: send one `x-amz-date` header, not several',
  },
  {
    name: 'two Authorization headers',
    change: add('authorization', 'Bearer abc'),
    is: 'IncompleteSignatureException: send one `authorization` header, not several',
  },
  {
    name: 'no date',
    change: edit('x-amz-date', undefined),
    is: "IncompleteSignatureException: Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
  },
  {
    name: 'a date that is none',
    change: edit('x-amz-date', () => '20260401T126000Z'),
    is: 'IncompleteSignatureException: Date in X-Amz-Date',
  },
  {
    name: 'the date of another day',
    change: edit('x-amz-date', () => '20260402T000000Z'),
    is: 'InvalidSignatureException: Date in Credential scope does not match',
  },
  {
    name: 'host not signed',
    change: edit('authorization', (value) => value.replace('=host;', '=')),
    is: "InvalidSignatureException: 'Host' or ':authority' must be a 'SignedHeader'",
  },
  {
    name: 'a signed header that is gone',
    unsigned: { headers: { 'x-gone': '1' } },
    change: edit('x-gone', undefined),
    is: 'InvalidSignatureException: The request does not have all of its signed headers: x-gone.',
  },
  {
    name: 'more signed headers than there are headers',
    change: edit('authorization', (value) =>
      value.replace(
        '=host;',
        `=${Array.from({ length: 500 }, (_, i) => `a${1000 + i}`).join(';')};host;`,
      ),
    ),
    is: 'InvalidSignatureException: The request does not have all of its signed headers: a1000, a1001',
  },
  {
    name: 'no end of signed headers',
    change: edit('authorization', (value) => value.replace('=host;', `=${'a;'.repeat(9000)}host;`)),
    is: "IncompleteSignatureException: 'SignedHeaders' must be",
  },
  { name: 'a header that was not signed', change: add('x-forwarded-for', '10.0.0.1'), is: 'long' },
  { name: 'an x-amz-* header that was not signed', change: add('x-amz-note', '1'), is: 'long' },
  {
    name: 'another escape of the same query',
    unsigned: { query: { page: 'b' } },
    change: retarget(() => '/?%70age=%62'),
    is: 'long',
  },
  {
    name: 'the same parameters in another order',
    unsigned: { query: { a: '1', b: '2' } },
    change: retarget(() => '/?b=2&a=1'),
    is: 'long',
  },
  { name: 'nothing', change: edit('authorization', undefined), is: 'anonymous' },
  { name: 'a bearer token', change: edit('authorization', () => 'Bearer abc'), is: 'anonymous' },
  { name: 'a password', change: edit('authorization', () => 'Basic YTpi'), is: 'anonymous' },
  {
    name: 'nothing but the algorithm',
    change: edit('authorization', () => 'AWS4-HMAC-SHA256'),
    is: "IncompleteSignatureException: Authorization header requires 'Credential' parameter.",
  },
  {
    name: 'garbage behind the algorithm',
    change: edit('authorization', () => 'AWS4-HMAC-SHA256 garbage'),
    is: 'IncompleteSignatureException: Authorization header must consist of',
  },
  {
    name: 'an algorithm that there is not',
    change: edit('authorization', (value) => value.replace('SHA256', 'SHA512')),
    is: "IncompleteSignatureException: Unsupported AWS 'algorithm'",
  },
  {
    name: 'the scheme in small letters',
    change: edit('authorization', (value) => value.replace('AWS4-HMAC', 'aws4-hmac')),
    is: "IncompleteSignatureException: Unsupported AWS 'algorithm'",
  },
  {
    name: 'another terminator',
    change: edit('authorization', (value) => value.replace('aws4_request', 'aws5_request')),
    is: 'InvalidSignatureException: Credential should be scoped with a valid terminator',
  },
  {
    name: 'presigned beside an Authorization header',
    signing: { form: 'query' },
    change: add('authorization', 'Bearer abc'),
    is: ONE_MECHANISM,
  },
  {
    name: 'X-Amz-Algorithm beside an Authorization header',
    change: retarget(() => '/?X-Amz-Algorithm=AWS4-HMAC-SHA256'),
    is: ONE_MECHANISM,
  },
  {
    name: 'a query that only looks presigned',
    change: (request) =>
      withTarget(
        withHeader(request, 'authorization', undefined),
        '/?X-Amz-Date=1&X-Amz-Credential=a',
      ),
    is: 'anonymous',
  },
  {
    name: 'X-Amz-Signature alone, escaped and in another case',
    change: (request) =>
      withTarget(withHeader(request, 'authorization', undefined), '/?a=1&%78-Amz-signature=0'),
    is: "IncompleteSignatureException: AWS query-string parameters must include 'X-Amz-Algorithm' once.",
  },
  {
    name: 'presigned, a second date',
    signing: { form: 'query' },
    change: retarget((target) => `${target}&x-amz-date=20260401T123456Z`),
    is: "IncompleteSignatureException: AWS query-string parameters must include 'X-Amz-Date' once.",
  },
  {
    name: 'presigned with a token',
    signing: { form: 'query', credentials: SESSION },
    is: 'session',
  },
  {
    name: 'presigned with the token in a header',
    signing: { form: 'query' },
    change: add('x-amz-security-token', SESSION.sessionToken as string),
    is: 'long',
  },
  { name: 'SigV4A for the region', signing: { form: 'v4a', region: 'us-west-2' }, is: 'long' },
  {
    name: 'SigV4A for several regions',
    signing: { form: 'v4a', region: 'eu-west-1, us-west-2' },
    is: 'long',
  },
  { name: 'SigV4A for a family of regions', signing: { form: 'v4a', region: 'us-*' }, is: 'long' },
  {
    name: 'SigV4A for other regions',
    signing: { form: 'v4a', region: 'us-west-1,eu-*,us-west-2-*' },
    is: 'InvalidSignatureException: the signature is for other regions than `us-west-2`',
  },
  {
    name: 'SigV4A with its regions changed',
    signing: { form: 'v4a', region: 'eu-west-1' },
    change: edit('x-amz-region-set', () => '*'),
    is: MISMATCH,
  },
  {
    name: 'SigV4A with its regions not signed',
    signing: { form: 'v4a' },
    change: edit('authorization', (value) => value.replace(';x-amz-region-set', '')),
    is: 'IncompleteSignatureException: SigV4A needs `x-amz-region-set`, signed',
  },
  {
    name: 'SigV4A in the words of SigV4',
    signing: { form: 'v4a' },
    change: edit('authorization', (value) => value.replace('ECDSA-P256', 'HMAC')),
    is: 'IncompleteSignatureException: Credential must have exactly 5',
  },
  {
    name: 'SigV4A with a signature that is no DER',
    signing: { form: 'v4a' },
    change: edit('authorization', (value) => value.replace(/Signature=.*/, `Signature=${hash}`)),
    is: MISMATCH,
  },
];

test.each(cases)('$name', async ({ unsigned: sent = {}, signing, change, is }) => {
  const request = await signedRequest(sent, signing);
  expect(verdict(change === undefined ? request : change(request)).slice(0, is.length)).toBe(is);
});

describe('the path', () => {
  const path = "/a%20b//c/./d'e/%2f/";

  test.each([
    { name: 'as it is sent', signedAs: path },
    { name: 'encoded once more', signedAs: '/a%2520b//c/./d%27e/%252f/' },
    { name: 'normalised', signedAs: "/a%20b/c/d'e/%2f/" },
    { name: 'normalised and encoded once more', signedAs: '/a%2520b/c/d%27e/%252f/' },
  ])('may be signed $name', async ({ signedAs }) => {
    const request = await signedRequest({ path: signedAs }, { encodePath: false });
    expect(verdict(withTarget(request, path))).toBe('long');
    expect(verdict(withTarget(request, `${path}x`))).toBe(MISMATCH);
  });
});

test('only a right signature has its key kept', async () => {
  const request = await signedRequest({});
  const { accessKeyId, secretAccessKey } = CREDENTIALS;
  const keys = new VerificationKeys(accessKeyId, secretAccessKey);
  const find = () => ({ found: 'caller', caller: 1, keys }) as const;
  const isValid = (sent: ServiceRequest) => {
    const verification = verifyServiceRequest(sent, REGION, find, NOW_MS);
    return verification.signed && verification.valid;
  };
  const head = {
    algorithm: 'AWS4-HMAC-SHA256',
    scope: { date: '20260401', region: REGION, service: 'vpc-lattice-svcs' },
  } as const;
  expect(isValid({ ...request, method: 'PUT' })).toBe(false);
  expect(keys.of(head)).not.toBe(keys.of(head));
  expect(isValid(request)).toBe(true);
  expect(keys.of(head)).toBe(keys.of(head));
  // What is kept stays right, and refuses what is wrong.
  expect(isValid({ ...request, method: 'PUT' })).toBe(false);
  expect(isValid(request)).toBe(true);
});

test('a refusal says whose key was named, as far as that is known', async () => {
  const request = await signedRequest({}, { payload: null });
  expect(verifyServiceRequest(request, REGION, findSample, NOW_MS)).toMatchObject({
    caller: 'long',
    accessKeyId: CREDENTIALS.accessKeyId,
  });
  const garbage = withHeader(request, 'authorization', () => 'AWS4-HMAC-SHA256 x');
  expect(verifyServiceRequest(garbage, REGION, findSample, NOW_MS)).toMatchObject({
    caller: undefined,
    accessKeyId: undefined,
  });
});

test('the fields of the Authorization header may come in any order, of several callers', async () => {
  for (const by of [CREDENTIALS, SESSION, CREDENTIALS, SESSION]) {
    const request = await signedRequest({}, { credentials: by });
    const turned = withHeader(request, 'authorization', (value) =>
      value.replace(/ (.*), (Signature=.*)/, ' $2, $1'),
    );
    expect(turned.values).not.toEqual(request.values);
    expect(verdict(turned)).toBe(by === SESSION ? 'session' : 'long');
  }
});

test('a named key cannot write into a log', () => {
  const credential = `A%0AB${'x'.repeat(500)}/20260401/us-west-2/vpc-lattice-svcs/aws4_request`;
  const request: ServiceRequest = {
    method: 'GET',
    target: `/?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${credential}&X-Amz-Date=20260401T123456Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=${hash}`,
    path: '/',
    authority: 'x',
    names: [],
    values: [],
  };
  expect(verifyServiceRequest(request, REGION, findSample, NOW_MS)).toMatchObject({
    accessKeyId: `A?B${'x'.repeat(125)}`,
  });
});
