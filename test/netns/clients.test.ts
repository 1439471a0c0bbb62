import { describe, expect, test } from 'vitest';
import { isOnPath } from '../e2e/instance.ts';
import { newDataDir } from '../process/instance.ts';
import { namespaceEntry } from './has-namespaces.ts';
import { Lab } from './lab.ts';

/** Answers what it was asked, and by whom. */
const GRPC_SERVER = `
  const { Server, ServerCredentials } = require('@grpc/grpc-js');
  const asIs = (bytes) => bytes;
  const coding = { requestSerialize: asIs, requestDeserialize: asIs, responseSerialize: asIs, responseDeserialize: asIs };
  const server = new Server();
  server.addService(
    { hello: { path: '/lab.Lab/Hello', requestStream: false, responseStream: false, ...coding } },
    { hello: (call, done) => done(null, Buffer.from('"calls":"' + call.request + '"')) },
  );
  server.bindAsync('[::]:8080', ServerCredentials.createInsecure(), () => console.log('listening'));`;

const GRPC_CLIENT = `
  const { Client, credentials } = require('@grpc/grpc-js');
  const [, target] = process.argv;
  const asIs = (bytes) => bytes;
  const client = new Client(target, target.endsWith(':443') ? credentials.createSsl() : credentials.createInsecure());
  client.makeUnaryRequest('/lab.Lab/Hello', asIs, asIs, Buffer.from('hello'), { deadline: Date.now() + 10_000 },
    (error, answer) => { console.log(error ? error.message : String(answer)); client.close(); });`;

const FETCH = `fetch(process.argv[1]).then((r) => r.text()).then(console.log, (e) => console.log(e.cause ?? e))`;

/** With requests where there is such a package, else with what Python brings. */
const PYTHON = `
import sys
try:
    import requests
    print(requests.get(sys.argv[1], timeout=10).text)
except ImportError:
    import urllib.request
    print(urllib.request.urlopen(sys.argv[1], timeout=10).read().decode())`;

const has = {
  curl: await isOnPath('curl', '--version'),
  dig: await isOnPath('dig', '-v'),
  python3: await isOnPath('python3', '--version'),
};
for (const [program, isThere] of Object.entries(has)) {
  if (!isThere) console.warn(`skipped: no \`${program}\` on PATH to ask with`);
}

/** Programs that are told a URL and nothing else. */
const HTTP_CLIENTS: Readonly<Record<string, (url: string) => readonly string[]>> = {
  ...(has.curl && {
    curl: (url: string) => ['curl', '-sS', '--max-time', '10', url],
    'curl in an empty environment': (url: string) => [
      ...['env', '-i', 'curl', '-sSk', '--max-time', '10', url],
    ],
  }),
  ...(has.python3 && { python: (url: string) => ['python3', '-c', PYTHON, url] }),
  fetch: (url) => [process.execPath, '-e', FETCH, url],
};

describe.skipIf(namespaceEntry === undefined)('clients in VPCs that are network namespaces', () => {
  test('reach services by name, in the clear and over TLS, whatever families they have', async () => {
    const lab = await Lab.start(newDataDir());
    const [targets, clients, sixOnly] = [
      await lab.vpc(),
      await lab.vpc(),
      await lab.vpc('ipv6Only'),
    ];
    const networkId = await lab.network();
    for (const vpc of [clients, sixOnly]) await lab.associate(networkId, vpc);
    const web = await lab.instance(targets, '10.0.1.10');
    const grpc = await lab.instance(targets, '10.0.1.11');
    await lab.serve(web.id, 'web');
    await lab.runServer(grpc.id, GRPC_SERVER);
    const place = { vpc: targets, type: 'INSTANCE' } as const;
    const webService = await lab.service(networkId, 'web', { ...place, id: web.id });
    const grpcService = await lab.service(networkId, 'calls', {
      ...{ ...place, id: grpc.id, protocolVersion: 'GRPC', isUnchecked: true },
    });
    for (const { id, groupId } of [webService, grpcService]) {
      await lab.listener(id, 443, groupId, 'HTTPS');
    }

    const [both, four, six] = [
      await lab.instance(clients, '10.0.1.10'),
      await lab.instance(clients, '10.0.1.20', { hasIpv6: false }),
      await lab.instance(sixOnly),
    ];
    const places = {
      'an instance with both families': { instance: both.id },
      'an instance with IPv4': { instance: four.id },
      'an instance with IPv6': { instance: six.id },
      'the VPC': { vpc: clients.id },
    };
    for (const [name, from] of Object.entries(places)) {
      const run = async (...command: readonly string[]) => (await lab.run(from, ...command)).text;
      const answers: Record<string, string> = {};
      for (const [client, command] of Object.entries(HTTP_CLIENTS)) {
        for (const scheme of ['http', 'https']) {
          answers[`${client} ${scheme}`] = await run(...command(`${scheme}://${webService.host}/`));
        }
      }
      for (const port of [80, 443]) {
        answers[`grpc-js ${port}`] = await run(
          ...[process.execPath, '-e', GRPC_CLIENT, `${grpcService.host}:${port}`],
        );
      }
      if (has.dig) {
        answers['dig'] = await run('dig', '+short', '+tries=1', '+time=5', webService.host);
      }
      expect([name, answers]).toEqual([
        name,
        Object.fromEntries(
          Object.keys(answers).map((client) => [client, expect.stringMatching(expected(client))]),
        ),
      ]);
    }
  }, 120_000);
});

const expected = (client: string): RegExp => {
  if (client === 'dig') return /^169\.254\.171\.\d+\n$/;
  return client.startsWith('grpc-js') ? /^"calls":"hello"\n$/ : /^\{"name":"web",.*\}\n?$/;
};
