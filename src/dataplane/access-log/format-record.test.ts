import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExchangeRecord } from './exchange-record.ts';
import { formatRecord } from './format-record.ts';
import { aCaller, aRecord } from './sample-record.ts';

const nothingFound = {
  vpc: undefined,
  network: undefined,
  service: undefined,
  targetGroup: undefined,
  target: undefined,
};

const ARN = aCaller().principal.arn;

/** In the order of the lines of `testdata/lines.jsonl`. */
const CASES: readonly { name: string; record: Partial<ExchangeRecord> }[] = [
  { name: 'a request that a target answered', record: {} },
  {
    name: 'a request for an unknown service',
    record: {
      ...nothingFound,
      statusCode: 404,
      requestToTargetMs: 0,
      responseFromTargetMs: 0,
      userAgent: '',
      authority: '',
    },
  },
  {
    name: 'a client over IPv6 whose target could not be connected',
    record: {
      source: { ...aRecord().source, address: 'fd00::7', port: 5 },
      statusCode: 503,
      failure: 'TargetConnectionError',
      startedAt: Date.UTC(1999, 11, 31, 23, 59, 59),
      target: undefined,
    },
  },
  {
    name: 'a client that sends what JSON must escape',
    record: {
      method: 'X"Y',
      path: '/a\\b"\u0001\u2028',
      userAgent: 'a\tb\u00e9</script>',
      authority: '"',
      requestId: 'id"',
    },
  },
  {
    name: 'a request without a response',
    record: { statusCode: 0, failure: 'ClientConnectionClosed' },
  },
  {
    name: 'a caller whose signature was verified, with what JSON must escape in its tags',
    record: { identity: aCaller() },
  },
  {
    name: 'nobody in particular, who was denied by the service',
    record: {
      target: undefined,
      targetGroup: undefined,
      statusCode: 403,
      failure: 'ClientAccessDenied',
      identity: 'anonymous',
      authDeniedReason: 'Service',
    },
  },
  {
    name: 'a signature that failed, which names nobody',
    record: {
      target: undefined,
      targetGroup: undefined,
      statusCode: 403,
      failure: 'ClientAccessDenied',
      identity: 'unverified',
    },
  },
];

describe('an access log line', () => {
  const golden = readFileSync(new URL('./testdata/lines.jsonl', import.meta.url), 'utf8');
  const lines = golden.split('\n').slice(0, -1);

  test('there is one golden line for each case', () => {
    expect(lines).toHaveLength(CASES.length);
  });

  test.each(CASES.map((each, i) => ({ ...each, line: lines[i] })))('$name', ({ record, line }) => {
    expect(formatRecord(aRecord(record))).toBe(line);
  });

  test('has its fields in the order of real entries', () => {
    expect(Object.keys(JSON.parse(formatRecord(aRecord())))).toEqual([
      ...['serviceNetworkArn', 'resolvedUser', 'listenerType', 'authDeniedReason'],
      ...['targetGroupArn', 'sourceVpcArn', 'destinationVpcId', 'sourceIpPort', 'listenerId'],
      ...['targetIpPort', 'failureReason', 'serviceArn', 'sourceVpcId', 'startTime'],
      ...['requestMethod', 'requestPath', 'protocol', 'responseCode', 'bytesReceived', 'bytesSent'],
      ...['duration', 'userAgent', 'hostHeader', 'serverNameIndication', 'requestToTargetDuration'],
      ...['responseFromTargetDuration', 'sslCipher', 'tlsVersion', 'callerPrincipal'],
      ...['callerPrincipalOrgID', 'callerX509IssuerOU', 'callerX509SubjectCN'],
      ...['callerX509SANNameCN', 'callerX509SANDNS', 'callerX509SANURI', 'callerPrincipalTags'],
      ...['grpcResponseCode', 'requestId'],
    ]);
  });

  test('is one line of JSON with what the client sent, whatever that is', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string(),
        fc.string({ unit: 'binary' }),
        (path, userAgent, authority) => {
          const line = formatRecord(aRecord({ path, userAgent, authority }));
          expect(line).not.toMatch(/[\n\r]/);
          expect(JSON.parse(line)).toMatchObject({
            requestPath: path || '-',
            userAgent: userAgent || '-',
            hostHeader: authority || '-',
          });
        },
      ),
    );
  });

  test('is about its own caller, in any order of records', () => {
    const caller = aCaller();
    const other = aCaller({ tags: new Map(), organizationId: undefined });
    const lines = [caller, undefined, other, 'anonymous' as const, caller].map((identity) =>
      JSON.parse(formatRecord(aRecord({ identity }))),
    );
    expect(lines.map(({ callerPrincipalOrgID }) => callerPrincipalOrgID)).toEqual([
      ...['o-shop123456', '-', '-', '-', 'o-shop123456'],
    ]);
    expect(lines.map(({ resolvedUser }) => resolvedUser)).toEqual([
      ...[ARN, '-', ARN, 'Anonymous', ARN],
    ]);
    expect(JSON.parse(lines[0].callerPrincipalTags)).toEqual(Object.fromEntries(caller.tags));
    expect(lines[2].callerPrincipalTags).toBe('-');
  });

  test('has the second of its own record, in any order of records', () => {
    const startOf = (startedAt: number) =>
      JSON.parse(formatRecord(aRecord({ startedAt }))).startTime;
    expect([0, 999, 1_000, 0].map(startOf)).toEqual([
      '1970-01-01T00:00:00Z',
      '1970-01-01T00:00:00Z',
      '1970-01-01T00:00:01Z',
      '1970-01-01T00:00:00Z',
    ]);
  });
});
