import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  CREDENTIALS,
  findSample,
  HOST,
  NOW_MS,
  REGION,
  SESSION,
  type Signing,
  signedRequest,
  type Unsigned,
  withHeader,
  withTarget,
} from '../../test/support/service-requests.ts';
import { diagnose } from './diagnose.ts';
import { canonicalParts } from './service-canonical.ts';
import { readServiceClaim } from './service-claim.ts';
import type { Diagnosis, ServiceRequest } from './service-request.ts';
import { deriveSigningKey, signatureOf } from './signing-key.ts';
import { signingMistakes } from './signing-mistakes.ts';

const isHidden = (_place: string, name: string): boolean =>
  /token|cookie|password|credential/i.test(name);

const diagnosis = (request: ServiceRequest, nowMs = NOW_MS): Diagnosis =>
  diagnose(request, REGION, findSample, nowMs, isHidden);

const RIGHT = 'the signature itself matches what it says it is for';
const UNEXPLAINED = 'none of the usual mistakes explains it';
const nothing = createHash('sha256').digest('hex');

interface Case {
  readonly name: string;
  readonly unsigned?: Unsigned;
  readonly signing?: Signing;
  readonly change?: (request: ServiceRequest) => ServiceRequest;
  /** Parts of what is found, in order. */
  readonly finds: readonly string[];
}

const retarget =
  (target: string) =>
  (request: ServiceRequest): ServiceRequest =>
    withTarget(request, target);

const cases: readonly Case[] = [
  { name: 'nothing wrong', finds: [RIGHT] },
  {
    name: 'not signed',
    change: (request) => withHeader(request, 'authorization', undefined),
    finds: ['the request is not signed'],
  },
  {
    name: 'not to be read',
    change: (request) => withHeader(request, 'authorization', () => 'AWS4-HMAC-SHA256 x'),
    finds: ['Authorization header must consist of'],
  },
  {
    name: 'another region',
    signing: { region: 'us-east-1' },
    finds: ['scoped to the region `us-east-1`: sign for `us-west-2`', RIGHT],
  },
  {
    name: 'another service, and the payload hashed',
    signing: { service: 'vpc-lattice', payload: nothing },
    finds: [
      `the payload is signed: \`x-amz-content-sha256\` is \`${nothing}\``,
      'scoped to the service `vpc-lattice`: sign for `vpc-lattice-svcs`',
      RIGHT,
    ],
  },
  {
    name: 'no word on the payload, which was hashed',
    signing: { payload: null },
    finds: [
      'the header `x-amz-content-sha256` is not sent or not signed',
      `matches with \`${nothing}\` as the hash of the payload, which is that of an empty one`,
    ],
  },
  {
    name: 'a clock that is late',
    signing: { atMs: NOW_MS - 600_000 },
    finds: ['dated `20260401T122456Z`, 10 minutes behind the time here', RIGHT],
  },
  {
    name: 'a clock that is early by days',
    signing: { atMs: NOW_MS + 72 * 3_600_000 },
    finds: ['3 days ahead of the time here', RIGHT],
  },
  {
    name: 'a presigned URL that expired',
    signing: { form: 'query', atMs: NOW_MS - 150_000, expiresIn: 60 },
    finds: ['was good for 60 seconds and expired 90 seconds ago', RIGHT],
  },
  {
    name: 'the scope of another day',
    change: (request) =>
      withHeader(request, 'authorization', (value) => value.replace('/20260401/', '/20260331/')),
    finds: [
      'scoped to the day `20260331`, but the request is dated `20260401T123456Z`',
      'was made for the scope `20260401/us-west-2/vpc-lattice-svcs`',
    ],
  },
  {
    name: 'another service signed than named',
    signing: { service: 'execute-api' },
    change: (request) =>
      withHeader(request, 'authorization', (value) =>
        value.replace('execute-api', 'vpc-lattice-svcs'),
      ),
    finds: ['was made for the scope `20260401/us-west-2/execute-api`, but the request names'],
  },
  {
    name: 'host not signed',
    change: (request) =>
      withHeader(request, 'authorization', (value) => value.replace('=host;', '=')),
    finds: ['the header `host` is not signed', UNEXPLAINED],
  },
  {
    name: 'a port that was not signed',
    change: (request) => ({ ...request, authority: `${HOST}:8080` }),
    finds: [`for the host \`${HOST}\`, but the request came for \`${HOST}:8080\``],
  },
  {
    name: 'a port that was signed but not sent',
    unsigned: { host: 'rates.example.com:80' },
    change: (request) => ({ ...request, authority: 'rates.example.com' }),
    finds: ['for the host `rates.example.com:80`, but the request came for `rates.example.com`'],
  },
  {
    name: 'a header that something removed',
    unsigned: { headers: { 'x-gone': '1' } },
    change: (request) => withHeader(request, 'x-gone', undefined),
    finds: ['signed, but not in the request: `x-gone`'],
  },
  {
    name: 'GET in place of HEAD',
    unsigned: { method: 'HEAD' },
    change: (request) => ({ ...request, method: 'GET' }),
    finds: ['matches for the method `HEAD`, but the request came as `GET`'],
  },
  {
    name: 'a query parameter that was added',
    unsigned: { query: { a: '1', z: '2' } },
    change: retarget('/?a=1&added=x&z=2'),
    finds: ['without the query parameter `added`: it was added after signing'],
  },
  {
    name: 'a query that was not signed at all',
    change: retarget('/?a=1&b=2'),
    finds: ['matches without the query'],
  },
  {
    name: 'a path that was signed decoded',
    unsigned: { path: '/a b' },
    signing: { encodePath: false },
    change: retarget('/a%20b'),
    finds: ['matches for the path without its percent-encoding'],
  },
  {
    name: 'a slash more',
    unsigned: { path: '/a' },
    change: retarget('/a/'),
    finds: ['matches for the path without its last `/`'],
  },
  {
    name: 'another secret',
    signing: { credentials: { ...CREDENTIALS, secretAccessKey: 'x' } },
    finds: [UNEXPLAINED],
  },
  {
    name: 'an unknown key',
    signing: { credentials: { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' } },
    finds: ['there is no active access key `AKIANOBODY`'],
  },
  {
    name: 'a token of another key',
    signing: { credentials: { ...CREDENTIALS, sessionToken: 'secret-token' } },
    finds: ['the session token is none of ours, or not that of the access key'],
  },
  {
    name: 'a session that is over',
    signing: { credentials: { ...SESSION, sessionToken: 'expired' } },
    finds: ['the session of the security token is over'],
  },
  {
    name: 'SigV4A for another region',
    signing: { form: 'v4a', region: 'eu-west-1' },
    finds: ['for the regions `eu-west-1`: sign for `us-west-2` or `*`', RIGHT],
  },
  {
    name: 'SigV4A, and another method',
    signing: { form: 'v4a' },
    change: (request) => ({ ...request, method: 'POST' }),
    finds: ['matches for the method `GET`'],
  },
];

test.each(cases)('finds: $name', async ({ unsigned = {}, signing, change, finds }) => {
  const request = await signedRequest(unsigned, signing);
  const { findings } = diagnosis(change === undefined ? request : change(request));
  expect(findings).toEqual(finds.map((part) => expect.stringContaining(part)));
});

describe('what a client signed by hand', () => {
  /** Signs a canonical request that is given line by line, as a home-made signer would. */
  const byHand = (
    target: string,
    query: string,
    note: string,
    day = '20260401',
  ): ServiceRequest => {
    const scope = { date: day, region: REGION, service: 'vpc-lattice-svcs' };
    const canonical = `GET\n/\n${query}\nhost:${HOST}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20260401T123456Z\nx-note:${note}\n\nhost;x-amz-content-sha256;x-amz-date;x-note\nUNSIGNED-PAYLOAD`;
    const text = `AWS4-HMAC-SHA256\n20260401T123456Z\n20260401/us-west-2/vpc-lattice-svcs/aws4_request\n${createHash('sha256').update(canonical).digest('hex')}`;
    const signature = signatureOf(deriveSigningKey(CREDENTIALS.secretAccessKey, scope), text);
    return {
      method: 'GET',
      target,
      path: '/',
      authority: HOST,
      names: ['host', 'x-amz-content-sha256', 'x-amz-date', 'x-note', 'authorization'],
      values: [
        HOST,
        'UNSIGNED-PAYLOAD',
        '20260401T123456Z',
        'a  b',
        `AWS4-HMAC-SHA256 Credential=${CREDENTIALS.accessKeyId}/20260401/us-west-2/vpc-lattice-svcs/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-note, Signature=${signature}`,
      ],
    };
  };

  test.each([
    { name: 'all right', request: byHand('/?b=1&a=2', 'a=2&b=1', 'a b'), finds: RIGHT },
    {
      name: 'query not sorted',
      request: byHand('/?b=1&a=2', 'b=1&a=2', 'a b'),
      finds: 'in the order in which they came: sort them by name',
    },
    {
      name: 'query not encoded',
      request: byHand('/?b=x:y&a', 'b=x:y&a', 'a b'),
      finds: 'for the query as it came: percent-encode',
    },
    {
      name: 'query sorted and not encoded',
      request: byHand('/?b=x:y&a', 'a=&b=x:y', 'a b'),
      finds: 'without its percent-encoding made canonical',
    },
    {
      name: 'a plus for a plus',
      request: byHand('/?b=x+y', 'b=x%2By', 'a b'),
      finds: 'a `+` in the query that is meant as a plus: send `%2B`',
    },
    {
      name: 'spaces in header values kept',
      request: byHand('/', '', 'a  b'),
      finds: 'for header values with all their spaces',
    },
  ])('$name', ({ request, finds }) => {
    expect(diagnosis(request).findings).toEqual([expect.stringContaining(finds)]);
  });
});

describe('the texts', () => {
  test('are those that were signed', async () => {
    const request = await signedRequest({ path: '/a', query: { b: '1' } });
    const { canonicalRequest, stringToSign } = diagnosis(request);
    expect(canonicalRequest).toBe(
      `GET\n/a\nb=1\nhost:${HOST}\nx-amz-content-sha256:UNSIGNED-PAYLOAD\nx-amz-date:20260401T123456Z\n\nhost;x-amz-content-sha256;x-amz-date\nUNSIGNED-PAYLOAD`,
    );
    expect(stringToSign).toBe(
      `AWS4-HMAC-SHA256\n20260401T123456Z\n20260401/us-west-2/vpc-lattice-svcs/aws4_request\n${createHash(
        'sha256',
      )
        .update(canonicalRequest as string)
        .digest('hex')}`,
    );
  });

  test.each(['header', 'query', 'v4a'] as const)('hide tokens (%s)', async (form) => {
    const request = await signedRequest({}, { form, credentials: SESSION });
    const { canonicalRequest, stringToSign } = diagnosis(request);
    expect(canonicalRequest).toMatch(/x-amz-security-token[:=]\(hidden\)/i);
    expect(stringToSign).toMatch(/\n[0-9a-f]{64}$/);
  });

  test('hide what could be guessed, and the hash with it', async () => {
    const request = await signedRequest({
      query: { 'pass&word': 'hunter2' },
      headers: { cookie: 'a=hunter3' },
    });
    const { canonicalRequest, stringToSign } = diagnosis(
      withTarget(request, '/?p%61ssword=hunter2'),
    );
    expect(canonicalRequest).toContain('\npassword=(hidden)\ncookie:(hidden)\n');
    expect(stringToSign).toMatch(/\n\(hidden\)$/);
  });

  test('never hold a secret, a token or a signature that would be right', async () => {
    for (const { unsigned = {}, signing, change } of cases) {
      const good = await signedRequest(unsigned, { credentials: SESSION });
      const bad = await signedRequest(unsigned, { credentials: SESSION, ...signing });
      const said = JSON.stringify(diagnosis(change === undefined ? bad : change(bad)));
      expect(said).not.toContain(SESSION.secretAccessKey);
      expect(said).not.toContain(SESSION.sessionToken);
      const authorization = good.values[good.names.indexOf('authorization')] as string;
      expect(said).not.toContain(authorization.slice(-64));
    }
  });

  test('are not without end', async () => {
    const request = await signedRequest({ headers: { 'x-long': 'a'.repeat(15_000) } });
    const said = JSON.stringify(diagnosis(request));
    expect(said.length).toBeGreaterThan(8000);
    expect(said.length).toBeLessThan(12_000);
  });
});

describe('a request that is made to be costly', () => {
  const wrong = async (target: string): Promise<ServiceRequest> =>
    withTarget(await signedRequest({ path: '/other' }), target);

  test('is not looked into when its head is long', async () => {
    // A variant for each of these parameters would be 1.7 GB.
    const { findings, canonicalRequest } = diagnosis(
      await wrong(`/?${Array(29_000).fill('!').join('&')}`),
    );
    expect(findings).toEqual([expect.stringContaining('more than 16384 characters')]);
    expect(canonicalRequest).toBeUndefined();
  });

  test.each([
    { name: 'a few', parameters: 60, variants: 6 },
    { name: 'many', parameters: 65, variants: 1 },
    { name: 'long ones', parameters: 10, value: 'x'.repeat(500), variants: 1 },
  ])('has few variants of its query ($name)', async ({ parameters, value = '1', variants }) => {
    const query = Array.from({ length: parameters }, (_, i) => `p${i + 100}=${value}`).join('&');
    const request = await wrong(`/?${query}`);
    const claim = readServiceClaim(request);
    if (claim === undefined) throw new Error('the request is not signed');
    const parts = canonicalParts(request, claim.signedHeaders);
    const mistakes = [...signingMistakes(claim, request, parts, REGION)];
    expect(mistakes.length).toBeLessThan(30);
    expect(mistakes.filter((one) => one.parts?.query !== undefined)).toHaveLength(variants);
  });

  test('has a mistake built only when the ones before were not made', async () => {
    const request = await wrong('/?a=1');
    const claim = readServiceClaim(request);
    if (claim === undefined) throw new Error('the request is not signed');
    let asked = 0;
    const parts = {
      ...canonicalParts(request, claim.signedHeaders),
      get query() {
        asked += 1;
        return 'a=1';
      },
    };
    signingMistakes(claim, request, parts, REGION).next();
    expect(asked).toBe(0);
  });
});
