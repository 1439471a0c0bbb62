/**
 * How fast Pergola is, beside its peers and as it grows: `npm run bench -- --help`.
 * Everything runs on this machine on free ports, in a temporary folder that is removed again.
 */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Bench } from './bench.ts';
import { BenchFolder } from './bench-folder.ts';
import { Cleanup, stopOnSignals } from './cleanup.ts';
import { designReport } from './design-numbers.ts';
import { chooseLoad } from './load/load.ts';
import { chooseCores, describeMachine } from './machine.ts';
import { type BenchOptions, parseOptions, type Section, USAGE, UsageError } from './options.ts';
import { Folders } from './pergola/folders.ts';
import { renderMarkdown, renderText } from './render.ts';
import { reportsOf } from './reports.ts';
import type { Report, Results } from './results.ts';
import { benchAuth } from './sections/auth.ts';
import { benchGrowth } from './sections/growth.ts';
import { benchGrpc } from './sections/grpc.ts';
import { benchHandshakes } from './sections/handshakes.ts';
import { benchHttp2 } from './sections/http2.ts';
import { benchMemory } from './sections/memory.ts';
import { benchNetns } from './sections/netns.ts';
import { benchPassthrough } from './sections/passthrough.ts';
import { benchPropagation } from './sections/propagation.ts';
import { benchProxies } from './sections/proxy.ts';
import { benchStart } from './sections/start.ts';
import { startTarget } from './target/target.ts';

const RESULTS_FILE = fileURLToPath(new URL('./RESULTS.md', import.meta.url));

const runBench = async (options: BenchOptions, cleanup: Cleanup): Promise<void> => {
  const folder = new BenchFolder(cleanup);
  const cores = await chooseCores(cleanup);
  const facts = describeMachine(cores);
  process.stdout.write(`${facts.join('\n')}\n\n`);
  const start = Date.now();
  const bench: Bench = {
    options,
    cleanup,
    folder,
    cores,
    load: chooseLoad(cleanup, folder),
    say: (text) => {
      const seconds = String(Math.round((Date.now() - start) / 1000)).padStart(4);
      process.stderr.write(`${seconds} s  ${text}\n`);
    },
  };
  const target = await startTarget(bench);
  const folders = new Folders(bench, target);
  const results: Results = {};
  const asked = (section: Section) => options.sections.has(section);
  if (asked('proxy')) results.proxy = await benchProxies(bench, target);
  if (asked('http2')) results.http2 = await benchHttp2(bench, target);
  if (asked('grpc')) results.grpc = await benchGrpc(bench);
  if (asked('handshakes')) results.handshakes = await benchHandshakes(bench, target);
  if (asked('passthrough')) results.passthrough = await benchPassthrough(bench);
  if (asked('auth')) results.auth = await benchAuth(bench, target);
  if (asked('growth')) results.growth = await benchGrowth(bench, target, folders);
  if (asked('propagation')) results.propagation = await benchPropagation(bench, target, folders);
  if (asked('start')) results.start = await benchStart(bench, folders);
  if (asked('memory')) results.memory = await benchMemory(bench, folders);
  if (asked('netns')) results.netns = await benchNetns(bench, target);

  const reports = [designReport(results), ...reportsOf(results)];
  process.stdout.write(`\n${reports.map(renderText).join('\n\n')}`);
  if (options.write) {
    writeFileSync(RESULTS_FILE, resultsPage(options, facts, reports));
    process.stdout.write(`\nwritten to ${RESULTS_FILE}\n`);
  }
};

const resultsPage = (
  { quick, rounds, seconds }: BenchOptions,
  facts: readonly string[],
  reports: readonly Report[],
): string =>
  [
    '# Results of the benchmarks',
    '',
    'Written by `npm run bench -- --write`. What is measured, and how, is said below each table.',
    '',
    ...(quick
      ? [
          '**A quick run: it shows that everything works, and its numbers are not to be quoted.**',
          '',
        ]
      : []),
    ...facts.map((fact) => `- ${fact}`),
    `- measurements: ${rounds} rounds of ${seconds} s each`,
    '',
    reports.map(renderMarkdown).join('\n'),
  ].join('\n');

const main = async (): Promise<void> => {
  let options: BenchOptions | 'help';
  try {
    options = parseOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`bench: ${error.message}\n\n${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  if (options === 'help') {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  if (process.platform !== 'linux') {
    process.stderr.write('bench: runs on Linux only: it reads CPU time and memory in /proc\n');
    process.exitCode = 1;
    return;
  }
  const cleanup = new Cleanup();
  stopOnSignals(cleanup);
  try {
    await runBench(options, cleanup);
  } catch (error) {
    // After a signal everything fails, which is no news.
    if (cleanup.isRunning) return;
    process.stderr.write(`bench: ${(error as Error).stack}\n`);
    process.exitCode = 1;
  } finally {
    await cleanup.run();
  }
};

await main();
