import { describe, expect, test } from 'vitest';
import type { GetStatusResponse } from '../protocol/generated/pergola.ts';
import { ApiError } from './api-client.ts';
import { renderDirectory } from './commands/directory.ts';
import { renderStatus } from './commands/status.ts';
import { choosePortal } from './portals.ts';
import { printable, printableValues } from './printable.ts';

const nasty = '\u001b]0;owned\u0007\u001b[2J\r\n\u009b31m\u202e\u2028\u2029\u200b\u0000';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not come out
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e\u2028\u2029]/;

describe('a text of someone else', () => {
  test.each([
    ['a colour', '\u001b[31mred\u001b[0m', '\ufffd[31mred\ufffd[0m'],
    ['a line break', 'a\r\nb', 'a\ufffd\ufffdb'],
    ['a C1 control', 'a\u009b1mb', 'a\ufffd1mb'],
    ['a reversal', 'a\u202eb', 'a\ufffdb'],
    ['a line separator', 'a\u2028b', 'a\ufffdb'],
  ])('loses %s', (_name, text, expected) => {
    expect(printable(text)).toBe(expected);
  });

  test.each(['shop', 'Größe 2 – é', '日本語', '🌿', 'a  b'])('%j stays as it is', (text) => {
    expect(printable(text)).toBe(text);
  });

  test('is found wherever it is in an answer', () => {
    const at = new Date(0);
    expect(printableValues({ a: [{ b: '\n' }, '\t'], n: 1, at, none: null })).toEqual({
      a: [{ b: '\ufffd' }, '\ufffd'],
      n: 1,
      at,
      none: null,
    });
  });
});

describe('nothing that a terminal obeys comes out of', () => {
  const counters = {
    requests: 0,
    status2xx: 0,
    status3xx: 0,
    status4xx: 0,
    status5xx: 0,
    bytesReceived: 0,
    bytesSent: 0,
  };
  const status: GetStatusResponse = {
    region: nasty,
    revision: 1,
    workers: [],
    portals: [
      {
        vpcId: nasty,
        accountId: '1',
        cidrBlock: nasty,
        name: nasty,
        networks: [{ id: nasty, name: nasty }],
        port: 1,
        url: nasty,
      },
    ],
    networks: [
      {
        id: 'sn-1',
        arn: nasty,
        name: nasty,
        accountId: '1',
        authType: nasty,
        services: [{ id: 'svc-1', name: nasty }],
        vpcs: [{ id: nasty }],
      },
    ],
    services: [],
    targetGroups: [
      {
        id: 'tg-1',
        arn: nasty,
        name: nasty,
        accountId: '1',
        type: nasty,
        status: nasty,
        services: [],
        targets: [{ id: nasty, port: 1, status: nasty, reasonCode: nasty }],
        counters,
      },
    ],
    refusedConnections: 0,
    droppedLogRecords: 0,
  };

  test('the status', () => {
    const text = renderStatus(status, (_format, painted) => painted);
    expect(text).not.toMatch(obeyed);
    // Head, portals, networks, target groups and what is not healthy: five blocks of known length.
    expect(text.split('\n')).toHaveLength(14);
  });

  test('the directory', () => {
    const text = renderDirectory([
      {
        name: nasty,
        id: 'svc-1',
        arn: nasty,
        owner: nasty,
        domainName: nasty,
        status: nasty,
        networks: [{ id: nasty }],
        listeners: [{ protocol: nasty, port: 1 }],
      },
    ]);
    expect(text).not.toMatch(obeyed);
    expect(text.split('\n')).toHaveLength(3);
  });

  test('the error that lists the VPCs', () => {
    const portals = [{ vpcId: nasty, name: nasty, networks: [], url: nasty }];
    expect(() => choosePortal(portals, 'x')).toThrow(
      expect.objectContaining({ message: expect.not.stringMatching(obeyed) }),
    );
  });

  test('an error of the API', () => {
    expect(new ApiError(nasty, nasty, 400).message).not.toMatch(obeyed);
  });
});
