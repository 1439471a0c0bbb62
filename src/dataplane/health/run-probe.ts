import type { Socket } from 'node:net';
import type { HealthCheckPart } from '../../snapshot/parts.ts';
import { probeHttp1 } from './probe-http1.ts';
import { probeHttp2 } from './probe-http2.ts';

export interface RunningProbe {
  /** Ends it without a result. */
  cancel(): void;
}

/**
 * Runs one health check over `socket`, which nobody else uses: TLS without looking at the
 * certificate (VPC Lattice user guide, target groups), redirects not followed, and a deadline for
 * everything from the connect to the end of the head.
 *
 * @param done called exactly once unless cancelled
 */
export function runProbe(
  socket: Socket,
  check: HealthCheckPart,
  host: string,
  done: (isSuccess: boolean) => void,
): RunningProbe {
  const isHttp2 = check.protocolVersion === 'HTTP2';
  let wire = socket;
  let isOver = false;
  const finish = (statusCode: number | undefined, destroy: boolean) => {
    if (destroy) {
      wire.destroy();
      socket.destroy();
    }
    if (isOver) return;
    isOver = true;
    done(statusCode !== undefined && isSuccessCode(statusCode, check));
  };
  const timer = setTimeout(() => finish(undefined, true), check.timeoutMs).unref();
  socket.on('close', () => {
    clearTimeout(timer);
    finish(undefined, true);
  });
  // Without a listener an error would end the process; "close" follows it and tells all that matters.
  socket.on('error', () => {});
  if (check.protocol === 'HTTPS') {
    // Loaded by the first check that needs it, as HTTP/2 is: both are large, and rarely wanted here.
    wire = process.getBuiltinModule('node:tls').connect({
      socket,
      rejectUnauthorized: false,
      ALPNProtocols: [isHttp2 ? 'h2' : 'http/1.1'],
    });
    wire.on('error', () => finish(undefined, true));
  }
  const probe = isHttp2 ? probeHttp2 : probeHttp1;
  probe(wire, { path: check.path || '/', host }, (statusCode) =>
    finish(statusCode, statusCode === undefined),
  );
  return {
    cancel: () => {
      isOver = true;
      clearTimeout(timer);
      wire.destroy();
      socket.destroy();
    },
  };
}

function isSuccessCode(statusCode: number, check: HealthCheckPart): boolean {
  return check.successCodes.some(([from, to]) => statusCode >= from && statusCode <= to);
}
