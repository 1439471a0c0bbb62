import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runProgram } from '../e2e/instance.ts';
import { newDataDir, until } from '../process/instance.ts';
import { namespaceEntry } from './has-namespaces.ts';
import { Lab } from './lab.ts';

/** Ends every connection, and counts those that only ask whether it is healthy. */
const CLOSING = `let checks = 0;
  require('node:http').createServer((request, response) => {
    response.setHeader('connection', 'close');
    if (request.url.startsWith('/ask')) response.end(String(checks));
    else { checks += 1; response.end(); }
  }).listen(8080, '::', () => console.log('listening'))`;

describe.skipIf(namespaceEntry === undefined)(
  'workers in namespaces whose control plane died',
  () => {
    test('go on connecting to targets for longer than health checks take turns, and leave those', async () => {
      const lab = await Lab.start(newDataDir());
      const vpc = await lab.vpc();
      const networkId = await lab.network();
      await lab.associate(networkId, vpc);
      const target = await lab.instance(vpc, '10.0.1.10');
      await lab.runServer(target.id, CLOSING);
      const { host } = await lab.service(networkId, 'service', {
        vpc,
        type: 'INSTANCE',
        id: target.id,
      });
      /** As often as it is said, that many a second: nobody who would know of the VPC is asked. */
      const askMany = async (times: number, rate: number) => {
        const url = `http://169.254.171.33/ask[1-${times}]`;
        const flags = [
          '-sS',
          '--rate',
          `${rate}/s`,
          '-H',
          `host: ${host}`,
          '-w',
          ' %{http_code}\n',
        ];
        const client = ['netns', 'exec', `${lab.prefix}${vpc.id}`, 'curl', ...flags, url];
        return (await runProgram('ip', client)).stdout.trim().split('\n');
      };
      expect((await askMany(3, 100)).map(statusOf)).toEqual(['200', '200', '200']);

      const [worker] = (await lab.pergola.workers()) as [number];
      // What it can do alone depends on what it was given: here that is all there, within half a second.
      await until(() => readdirSync(`/proc/${worker}/fd`).length > 512);
      lab.pergola.process.kill('SIGKILL');
      await lab.pergola.ended;
      // Longer than from one health check to the next, which are five seconds apart.
      const answers = await askMany(150, 25);
      process.kill(worker, 'SIGKILL');
      // Takes away what is left.
      await (await Lab.start(lab.pergola.dataDir)).stop();

      expect(answers.map(statusOf)).toEqual(answers.map(() => '200'));
      const counts = answers.map((answer) => answer.split(' ')[0]);
      expect(new Set(counts).size).toBe(1);
    });
  },
);

const statusOf = (answer: string): string => answer.split(' ')[1] ?? '';
