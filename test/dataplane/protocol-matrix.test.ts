import { describe, expect, onTestFinished, test } from 'vitest';
import { aCertificate } from '../../src/dataplane/tls/sample-certificate.ts';
import { DataPlane, secureShop, shop } from './data-plane.ts';
import { http2Target } from './http2-peers.ts';
import { httpTarget } from './targets.ts';
import { TRANSPORTS } from './transports.ts';
import type { WireRequest } from './wire-suite.ts';

/**
 * Which request goes to which target group (VPC Lattice user guide, target groups, "Protocol version"),
 * whatever client and target have encrypted.
 */

type Outcome = 'answered' | 'refused' | 'refused as gRPC';

interface Row {
  readonly protocol: 'HTTP/1.1' | 'HTTP/2';
  readonly name: string;
  readonly request: WireRequest;
  readonly HTTP1: Outcome;
  readonly HTTP2: Outcome;
  readonly GRPC: Outcome;
}

const post = (contentType: string): WireRequest => ({
  method: 'POST',
  headers: [
    ['content-type', contentType],
    ['te', 'trailers'],
  ],
  body: '\0\0\0\0\0',
});

// biome-ignore format: a table
const ROWS: readonly Row[] = [
  { protocol: 'HTTP/1.1', name: 'a GET', request: {}, HTTP1: 'answered', HTTP2: 'refused', GRPC: 'refused' },
  { protocol: 'HTTP/1.1', name: 'a POST', request: post('text/plain'), HTTP1: 'answered', HTTP2: 'refused', GRPC: 'refused' },
  // Without HTTP/2 it is not gRPC, whatever it says.
  { protocol: 'HTTP/1.1', name: 'a POST of application/grpc', request: post('application/grpc'), HTTP1: 'answered', HTTP2: 'refused', GRPC: 'refused' },
  { protocol: 'HTTP/2', name: 'a GET', request: {}, HTTP1: 'answered', HTTP2: 'answered', GRPC: 'refused' },
  { protocol: 'HTTP/2', name: 'a POST', request: post('text/plain'), HTTP1: 'answered', HTTP2: 'answered', GRPC: 'answered' },
  { protocol: 'HTTP/2', name: 'a POST of application/grpc-web', request: post('application/grpc-web'), HTTP1: 'answered', HTTP2: 'answered', GRPC: 'answered' },
  { protocol: 'HTTP/2', name: 'a gRPC call', request: post('application/grpc'), HTTP1: 'refused as gRPC', HTTP2: 'answered', GRPC: 'answered' },
  { protocol: 'HTTP/2', name: 'a gRPC call with a codec', request: post('application/grpc+proto'), HTTP1: 'refused as gRPC', HTTP2: 'answered', GRPC: 'answered' },
];

const EXPECTED = {
  answered: { status: 200, failureReason: '-', grpcResponseCode: '-', requests: 1 },
  refused: {
    status: 400,
    failureReason: 'ClientProtocolError',
    grpcResponseCode: '-',
    requests: 0,
  },
  // INTERNAL, which gRPC's table has for 400.
  'refused as gRPC': {
    status: 200,
    failureReason: 'ClientProtocolError',
    grpcResponseCode: 13,
    requests: 0,
  },
};

const { certificatePem: cert, privateKeyPem: key } = aCertificate('bank');

const aTarget = async (isHttp2: boolean, isSecure: boolean) => {
  const tls = isSecure ? { cert, key } : undefined;
  const target = await (isHttp2 ? http2Target(undefined, {}, tls) : httpTarget(undefined, tls));
  onTestFinished(() => target.close());
  return target;
};

const CELLS = TRANSPORTS.flatMap((transport) =>
  ROWS.filter(({ protocol }) => protocol === transport.protocol).flatMap((row) =>
    (['HTTP1', 'HTTP2', 'GRPC'] as const).flatMap((protocolVersion) =>
      (['HTTP', 'HTTPS'] as const).map((protocol) => ({
        transport,
        group: { protocol, protocolVersion },
        request: row.request,
        outcome: row[protocolVersion],
        name: `${row.name} by ${transport.name} to ${protocolVersion} of ${protocol}`,
      })),
    ),
  ),
);

describe('which protocol goes to which target group', () => {
  test.each(CELLS)('$name is $outcome', async ({ transport, group, request, outcome }) => {
    const target = await aTarget(group.protocolVersion !== 'HTTP1', group.protocol === 'HTTPS');
    const parts = transport.isSecure ? secureShop : shop;
    const plane = await DataPlane.start({ parts: parts({ targets: [target.port], group }) });
    onTestFinished(async () => void (await plane.stop()));
    const response = await transport.ask(plane, request);
    const { status, failureReason, grpcResponseCode, requests } = EXPECTED[outcome];
    expect(response.status).toBe(status);
    const isGrpc = outcome === 'refused as gRPC';
    expect(response.header('grpc-status')).toBe(isGrpc ? String(grpcResponseCode) : undefined);
    expect(target.requests).toHaveLength(requests);
    expect(await plane.stop()).toMatchObject([
      { protocol: transport.protocol, responseCode: status, failureReason, grpcResponseCode },
    ]);
  });
});
