import { describe, expect, test } from 'vitest';
import { checkClaim } from './check-claim.ts';
import { parseSignature } from './parse-signature.ts';
import { SignatureError, type SignatureProblem } from './signature-problem.ts';
import type { SignedRequest } from './signed-request.ts';

const SIGNATURE = 'a'.repeat(64);
const CREDENTIAL = 'AKIDEXAMPLE/20150830/us-west-2/vpc-lattice/aws4_request';

const header = (authorization: string, more: Record<string, string> = {}): SignedRequest => ({
  method: 'GET',
  rawPath: '/',
  rawQuery: '',
  headers: { host: 'x', 'x-amz-date': '20150830T123600Z', authorization, ...more },
});

const presigned = (change: Record<string, string | undefined> = {}, extra = ''): SignedRequest => {
  const parameters: Record<string, string | undefined> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': CREDENTIAL,
    'X-Amz-Date': '20150830T123600Z',
    'X-Amz-Expires': '60',
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': SIGNATURE,
    ...change,
  };
  const rawQuery = Object.entries(parameters)
    .flatMap(([name, value]) => (value === undefined ? [] : `${name}=${encodeURIComponent(value)}`))
    .join('&');
  return { method: 'GET', rawPath: '/', rawQuery: rawQuery + extra, headers: { host: 'x' } };
};

const problemOf = (request: SignedRequest): SignatureProblem => {
  try {
    checkClaim(parseSignature(request), request, {
      region: 'us-west-2',
      service: 'vpc-lattice',
      now: new Date('2015-08-30T12:36:00Z'),
    });
  } catch (error) {
    if (error instanceof SignatureError) return error.problem;
    throw error;
  }
  throw new Error('nothing is wrong with it');
};

const authorization = (parts: Partial<Record<'c' | 'h' | 's', string>> = {}): string =>
  `AWS4-HMAC-SHA256 Credential=${parts.c ?? CREDENTIAL}, SignedHeaders=${parts.h ?? 'host;x-amz-date'}, Signature=${parts.s ?? SIGNATURE}`;

const cases: readonly {
  name: string;
  request: SignedRequest;
  kind: SignatureProblem['kind'];
  message: string;
}[] = [
  {
    name: 'no signature at all',
    request: { method: 'GET', rawPath: '/', rawQuery: 'a=b', headers: { host: 'x' } },
    kind: 'missing',
    message: 'Missing Authentication Token',
  },
  {
    name: 'another scheme',
    request: header('Bearer abc'),
    kind: 'incomplete',
    message: "Unsupported AWS 'algorithm'",
  },
  {
    name: 'nothing but the algorithm',
    request: header('AWS4-HMAC-SHA256 Credential='),
    kind: 'incomplete',
    message:
      "requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter.",
  },
  {
    name: 'a parameter twice',
    request: header(`${authorization()}, Signature=${SIGNATURE}`),
    kind: 'incomplete',
    message: 'once each',
  },
  {
    name: 'no date',
    request: { ...header(authorization()), headers: { host: 'x', authorization: authorization() } },
    kind: 'incomplete',
    message: "existence of either a 'X-Amz-Date' or a 'Date' header",
  },
  {
    name: 'a date that is none',
    request: header(authorization(), { 'x-amz-date': '20150231T000000Z' }),
    kind: 'incomplete',
    message: "ISO-8601 'basic format'",
  },
  {
    name: 'a credential of four parts',
    request: header(authorization({ c: 'AKIDEXAMPLE/20150830/us-west-2/aws4_request' })),
    kind: 'incomplete',
    message: 'exactly 5 slash-delimited elements',
  },
  {
    name: 'another terminator',
    request: header(authorization({ c: 'AKIDEXAMPLE/20150830/us-west-2/vpc-lattice/aws5' })),
    kind: 'invalid',
    message: "valid terminator: 'aws4_request'",
  },
  {
    name: 'another region, and the text names both',
    request: header(
      authorization({ c: 'AKIDEXAMPLE/20150830/eu-west-1/vpc-lattice/aws4_request' }),
    ),
    kind: 'invalid',
    message:
      "Credential should be scoped to a valid region, not 'eu-west-1'. This endpoint serves the region 'us-west-2'.",
  },
  {
    name: 'another service',
    request: header(authorization({ c: 'AKIDEXAMPLE/20150830/us-west-2/ec2/aws4_request' })),
    kind: 'invalid',
    message: "Credential should be scoped to correct service: 'vpc-lattice'.",
  },
  {
    name: 'a scope of another day',
    request: header(
      authorization({ c: 'AKIDEXAMPLE/20150829/us-west-2/vpc-lattice/aws4_request' }),
    ),
    kind: 'invalid',
    message:
      "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20150829' != '20150830', from '20150830T123600Z'.",
  },
  {
    name: 'headers not sorted',
    request: header(authorization({ h: 'x-amz-date;host' })),
    kind: 'incomplete',
    message: "'SignedHeaders' must be lower-case header names, sorted",
  },
  {
    name: 'host not signed',
    request: header(authorization({ h: 'x-amz-date' })),
    kind: 'invalid',
    message: "'Host' or ':authority' must be a 'SignedHeader'",
  },
  {
    name: 'an x-amz header not signed',
    request: header(authorization(), { 'x-amz-target': 'X.Y' }),
    kind: 'invalid',
    message: 'which were not signed: x-amz-target',
  },
  {
    name: 'a signature that is no hash',
    request: header(authorization({ s: 'abc' })),
    kind: 'incomplete',
    message: '64 lower-case hexadecimal digits',
  },
  {
    name: 'expired',
    request: header(
      authorization({ c: 'AKIDEXAMPLE/20150830/us-west-2/vpc-lattice/aws4_request' }),
      { 'x-amz-date': '20150830T123000Z' },
    ),
    kind: 'expired',
    message:
      'Signature expired: 20150830T123000Z is now earlier than 20150830T123100Z (20150830T123600Z - 5 min.)',
  },
  {
    name: 'not yet current',
    request: header(authorization(), { 'x-amz-date': '20150830T124200Z' }),
    kind: 'expired',
    message:
      'Signature not yet current: 20150830T124200Z is still later than 20150830T124100Z (20150830T123600Z + 5 min.)',
  },
  {
    name: 'both forms at once',
    request: { ...presigned(), headers: header(authorization()).headers },
    kind: 'incomplete',
    message: 'Only one auth mechanism allowed',
  },
  {
    name: 'presigned for longer than a week',
    request: presigned({ 'X-Amz-Expires': '604801' }),
    kind: 'incomplete',
    message: 'from 1 to 604800',
  },
  {
    name: 'presigned for no time',
    request: presigned({ 'X-Amz-Expires': '0' }),
    kind: 'incomplete',
    message: 'from 1 to 604800',
  },
  {
    name: 'presigned without a date',
    request: presigned({ 'X-Amz-Date': undefined }),
    kind: 'incomplete',
    message: "must include 'X-Amz-Date' once",
  },
  {
    name: 'presigned with a parameter twice, in another spelling',
    request: presigned({}, '&x-amz-date=20150830T123600Z'),
    kind: 'incomplete',
    message: "must include 'X-Amz-Date' once",
  },
];

describe('a request is refused', () => {
  test.each(cases)('$name', ({ request, kind, message }) => {
    const problem = problemOf(request);
    expect(problem.kind).toBe(kind);
    expect(problem.message).toContain(message);
  });

  test.each(cases)('$name: without repeating a signature or credential', ({ request }) => {
    const { message } = problemOf(request);
    expect(message).not.toContain(SIGNATURE);
    expect(message).not.toContain('AKIDEXAMPLE');
  });
});

describe('a request is read', () => {
  test('with the Date header in place of X-Amz-Date', () => {
    const { amzDate } = parseSignature({
      ...header(authorization()),
      headers: {
        host: 'x',
        date: 'Sun, 30 Aug 2015 12:36:00 GMT',
        authorization: authorization({ h: 'date;host' }),
      },
    });
    expect(amzDate).toBe('20150830T123600Z');
  });

  test('presigned', () => {
    expect(parseSignature(presigned({ 'X-Amz-Security-Token': 'a/b+c' }))).toEqual({
      form: 'query',
      algorithm: 'AWS4-HMAC-SHA256',
      accessKeyId: 'AKIDEXAMPLE',
      scope: { date: '20150830', region: 'us-west-2', service: 'vpc-lattice' },
      amzDate: '20150830T123600Z',
      signedAtMs: Date.UTC(2015, 7, 30, 12, 36),
      expiresSeconds: 60,
      signedHeaders: ['host'],
      signature: SIGNATURE,
      sessionToken: 'a/b+c',
    });
  });
});
