import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { startProcess } from '../processes.ts';
import { untilAccepts } from '../until-accepts.ts';
import type { Peer } from './contender.ts';

const NAME = 'Caddy';

export const CADDY: Peer = {
  name: NAME,
  program: 'caddy',
  start: async (bench, { host, targetPort }) => {
    const port = await freePort();
    const folder = bench.folder.make('caddy');
    const file = join(folder, 'Caddyfile');
    writeFileSync(
      file,
      `{
	admin off
	auto_https off
	servers {
		protocols h1
	}
}
http://${host}:${port} {
	bind 127.0.0.1
	handle /api/* {
		header X-Request-Id {http.request.uuid}
		reverse_proxy 127.0.0.1:${targetPort} {
			transport http {
				compression off
				keepalive 600s
				keepalive_idle_conns 256
				keepalive_idle_conns_per_host 256
			}
		}
	}
	handle {
		respond 404
	}
}
http://:${port} {
	bind 127.0.0.1
	respond 404
}
`,
    );
    // Writes nothing outside of its folder. Go counts the cores that it may use: one.
    const env = { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder };
    const running = startProcess(
      bench.cleanup,
      'caddy',
      ['run', '--config', file, '--adapter', 'caddyfile'],
      { cores: bench.cores.proxy, env },
    );
    await untilAccepts(NAME, port, running);
    const { pids, stop } = running;
    return { name: NAME, port, host, idHeader: 'x-request-id', pids, stop };
  },
};
