import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.ts';
import { startProcess } from '../processes.ts';
import { untilAccepts } from '../until-accepts.ts';
import type { Peer } from './contender.ts';

/** What a proxy program in Node is told in its first argument, as JSON. */
export interface NodeProxyTask {
  readonly port: number;
  readonly host: string;
  readonly targetPort: number;
}

const nodePeer = (name: string, program: string): Peer => ({
  name,
  start: async (bench, { host, targetPort }) => {
    const port = await freePort();
    const task: NodeProxyTask = { port, host, targetPort };
    const running = startProcess(bench.cleanup, process.execPath, [program, JSON.stringify(task)], {
      cores: bench.cores.proxy,
    });
    await untilAccepts(name, port, running);
    const { pids, stop } = running;
    return { name, port, host, idHeader: 'x-request-id', pids, stop };
  },
});

export const HTTP_PROXY = nodePeer(
  'http-proxy (Node.js)',
  fileURLToPath(new URL('./http-proxy-server.ts', import.meta.url)),
);
export const UNDICI = nodePeer(
  'node:http + undici',
  fileURLToPath(new URL('./undici-server.ts', import.meta.url)),
);
