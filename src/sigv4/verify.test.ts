import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { smithySigner } from '../../test/support/smithy-signer.ts';
import { checkClaim } from './check-claim.ts';
import { parseSignature } from './parse-signature.ts';
import { SignatureError } from './signature-problem.ts';
import { AWS_PATH_FORM, type SignedRequest } from './signed-request.ts';
import { deriveSigningKey } from './signing-key.ts';
import { verifySignature } from './verify.ts';

const NOW = new Date('2026-04-01T12:34:56Z');
const CREDENTIALS = { accessKeyId: 'AKIAEXAMPLE234567ABC', secretAccessKey: 'a/secret+with40' };
const signer = smithySigner(CREDENTIALS, 'us-west-2', 'vpc-lattice');

interface Call {
  readonly method: string;
  readonly segments: readonly string[];
  readonly query: Readonly<Record<string, string | string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const encode = (text: string): string =>
  encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );

const rawQueryOf = (query: Readonly<Record<string, string | string[] | null | undefined>>) =>
  Object.entries(query)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value ?? '']).map(
        (item) => `${encode(name)}=${encode(item)}`,
      ),
    )
    .join('&');

/** What a server receives when AWS's own signer signed the call. */
const signed = async (
  call: Call,
  form: 'header' | 'query',
): Promise<{ request: SignedRequest; body: Buffer }> => {
  const unsigned = {
    method: call.method,
    protocol: 'http:',
    hostname: '127.0.0.1',
    path: `/${call.segments.map(encode).join('/')}`,
    query: call.query,
    headers: { host: '127.0.0.1:7171', ...call.headers },
    body: call.body,
  };
  const options = { signingDate: NOW };
  const wire =
    form === 'header'
      ? await signer.sign(unsigned, options)
      : await signer.presign(unsigned, { ...options, expiresIn: 60 });
  const headers = Object.fromEntries(
    Object.entries(wire.headers).map(([name, value]) => [
      name.toLowerCase(),
      Buffer.from(value, 'utf8').toString('latin1'),
    ]),
  );
  return {
    request: {
      method: wire.method,
      rawPath: wire.path,
      rawQuery: rawQueryOf(wire.query ?? {}),
      headers,
    },
    body: Buffer.from(call.body),
  };
};

const verdict = (request: SignedRequest, body: Buffer, now = NOW): string => {
  try {
    const claim = parseSignature(request);
    checkClaim(claim, request, { region: 'us-west-2', service: 'vpc-lattice', now });
    const key = deriveSigningKey(CREDENTIALS.secretAccessKey, claim.scope);
    verifySignature(claim, request, body, key, AWS_PATH_FORM);
    return 'accepted';
  } catch (error) {
    if (error instanceof SignatureError) return error.problem.kind;
    throw error;
  }
};

const segment = fc.oneof(
  fc.constantFrom('services', 'arn:aws:vpc-lattice:us-west-2:1:service/svc-1', 'ü ø', '%25', '*'),
  fc.stringMatching(/^[A-Za-z0-9:/ %+~_-]{1,12}$/),
);
const text = fc.string({ maxLength: 12, unit: 'grapheme' });
const call = fc.record<Call>({
  method: fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'),
  segments: fc.array(segment, { minLength: 1, maxLength: 4 }),
  query: fc.dictionary(
    fc.stringMatching(/^[a-wyz][A-Za-z +&=]{0,8}$/),
    fc.oneof(text, fc.array(text, { minLength: 1, maxLength: 3 })),
    { maxKeys: 4, noNullPrototype: true },
  ),
  headers: fc.dictionary(
    fc.constantFrom('x-amz-target', 'content-type', 'x-other', 'x-amz-note'),
    fc.stringMatching(/^[!-~]( {0,3}[!-~]){0,8}$/),
    { noNullPrototype: true },
  ),
  body: text,
});
const form = fc.constantFrom('header' as const, 'query' as const);

test('what AWS signs is accepted, in both forms', async () => {
  await fc.assert(
    fc.asyncProperty(call, form, async (sent, how) => {
      const { request, body } = await signed(sent, how);
      expect(verdict(request, body)).toBe('accepted');
    }),
  );
});

const flip = (value: string, at: number): string => {
  const index = at % value.length;
  const other = value[index] === 'A' ? 'B' : 'A';
  return value.slice(0, index) + other + value.slice(index + 1);
};

const changes: readonly {
  name: string;
  change: (request: SignedRequest, body: Buffer, at: number) => [SignedRequest, Buffer];
}[] = [
  {
    name: 'method',
    change: (r, b, at) => [{ ...r, method: flip(r.method, at) }, b],
  },
  {
    name: 'path',
    change: (r, b, at) => [{ ...r, rawPath: `/${flip(r.rawPath.slice(1), at)}` }, b],
  },
  {
    name: 'query',
    change: (r, b, at) => [{ ...r, rawQuery: r.rawQuery === '' ? 'a=' : flip(r.rawQuery, at) }, b],
  },
  {
    name: 'one more parameter in the query',
    change: (r, b) => [{ ...r, rawQuery: `${r.rawQuery}${r.rawQuery && '&'}zz=1` }, b],
  },
  {
    name: 'host',
    change: (r, b, at) => [
      { ...r, headers: { ...r.headers, host: flip(r.headers['host'] ?? '', at) } },
      b,
    ],
  },
  {
    name: 'one more x-amz header',
    change: (r, b) => [{ ...r, headers: { ...r.headers, 'x-amz-more': '1' } }, b],
  },
  {
    name: 'body',
    change: (r, b, at) => [
      r,
      Buffer.from(b.length === 0 ? 'x' : flip(b.toString('latin1'), at), 'latin1'),
    ],
  },
];

test.each(changes)('a change of the $name refuses', async ({ change }) => {
  await fc.assert(
    fc.asyncProperty(call, form, fc.nat(10_000), async (sent, how, at) => {
      const { request, body } = await signed(sent, how);
      const [changed, changedBody] = change(request, body, at);
      expect(verdict(changed, changedBody)).not.toBe('accepted');
    }),
    { numRuns: 60 },
  );
});

describe('a plain call', () => {
  const plain: Call = {
    method: 'GET',
    segments: ['services'],
    query: { maxResults: '5' },
    headers: { 'x-amz-note': 'a' },
    body: '',
  };
  const minutes = (n: number): Date => new Date(NOW.getTime() + n * 60_000);

  const clocks = [
    { name: 'five minutes late is in time', form: 'header', now: minutes(5), is: 'accepted' },
    { name: 'five minutes early is in time', form: 'header', now: minutes(-5), is: 'accepted' },
    { name: 'later is expired', form: 'header', now: minutes(5.02), is: 'expired' },
    { name: 'earlier is not yet current', form: 'header', now: minutes(-5.02), is: 'expired' },
    { name: 'presigned holds as long as it says', form: 'query', now: minutes(1), is: 'accepted' },
    { name: 'presigned ends when it says', form: 'query', now: minutes(1.02), is: 'expired' },
  ] as const;
  test.each(clocks)('$name', async ({ form: how, now, is }) => {
    const { request, body } = await signed(plain, how);
    expect(verdict(request, body, now)).toBe(is);
  });

  test('an added header that is not AWS’s may be there unsigned', async () => {
    const { request, body } = await signed(plain, 'header');
    const forwarded = { ...request, headers: { ...request.headers, 'x-forwarded-for': '1' } };
    expect(verdict(forwarded, body)).toBe('accepted');
  });

  test('a signed header that is gone is named', async () => {
    const { request } = await signed(plain, 'header');
    const { 'x-amz-note': _, ...headers } = request.headers;
    expect(() =>
      checkClaim(
        parseSignature(request),
        { ...request, headers },
        {
          region: 'us-west-2',
          service: 'vpc-lattice',
          now: NOW,
        },
      ),
    ).toThrow('does not have all of its signed headers: x-amz-note');
  });

  test('another escape of the same query is the same query', async () => {
    const { request, body } = await signed(plain, 'header');
    expect(verdict({ ...request, rawQuery: '%6DaxResults=%35' }, body)).toBe('accepted');
  });

  test('a plus is a space, never a signed plus', async () => {
    const { request, body } = await signed({ ...plain, query: { a: 'b+c' } }, 'header');
    expect(verdict({ ...request, rawQuery: 'a=b+c' }, body)).toBe('mismatch');
    const spaced = await signed({ ...plain, query: { a: 'b c' } }, 'header');
    expect(verdict({ ...spaced.request, rawQuery: 'a=b+c' }, spaced.body)).toBe('accepted');
  });
});
