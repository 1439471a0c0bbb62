import { Agent, type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { BODY, CHECK_PATH } from '../target/target-facts.ts';
import type { HttpContender } from './contender.ts';

/**
 * Whether a contender does all that it has to, so that nobody is fast by leaving something out.
 * @throws with what is missing
 */
export const checkProxy = async (proxy: HttpContender): Promise<void> => {
  const { approach, port } = proxy;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = () =>
    approach?.from.dial(approach.address, port) ?? connect(port, '127.0.0.1');
  const clientAddress = approach?.from.address ?? '127.0.0.1';
  const fail = (what: string): never => {
    throw new Error(`${proxy.name} does not do what it has to: ${what}`);
  };
  const get = (path: string, host = proxy.host) => ask(agent, host, path);
  try {
    const first = await get(CHECK_PATH);
    const second = await get(CHECK_PATH);
    for (const { status, body } of [first, second]) {
      if (status !== 200 || body !== BODY) fail(`status ${status}, body \`${body.slice(0, 80)}\``);
    }
    if (first.headers['x-seen-forwarded-for'] !== clientAddress) fail('no X-Forwarded-For');
    const [id, otherId] = [first, second].map(({ headers }) => headers[proxy.idHeader]);
    if (id === undefined || id === otherId)
      fail(`no ${proxy.idHeader} of its own in each response`);
    if (!(Number(second.headers['x-seen-requests']) > 1)) fail('no kept connection to the target');
    if ((await get('/elsewhere')).status !== 404) fail('no rule for the path');
    if ((await get(CHECK_PATH, 'other.test')).status !== 404) fail('no rule for the host');
  } finally {
    agent.destroy();
  }
};

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const ask = (agent: Agent, host: string, path: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request({ agent, path, headers: { host } }, (response) => {
      let body = '';
      response.setEncoding('latin1').on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    })
      .on('error', reject)
      .end();
  });
