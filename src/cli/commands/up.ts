import { relative, sep } from 'node:path';
import type { RunningPergola } from '../../app/start-pergola.ts';
import { ApiClient } from '../api-client.ts';
import { CliError, usageError } from '../cli-error.ts';
import { commandName } from '../command-name.ts';
import { loadCredentials } from '../credentials.ts';
import { type Example, loadExample, type RunningExample } from '../example.ts';
import { dataFolder } from '../instance.ts';
import type { Streams } from '../program.ts';
import { progressOn } from '../progress.ts';
import { type Paint, painter } from '../style.ts';

export interface UpOptions {
  readonly data?: string;
  readonly port: number;
  readonly portalPort: number;
  readonly region: string;
  readonly workers?: number;
  readonly example?: string;
  readonly json?: boolean;
}

/** Starts Pergola in this process and answers when it has stopped. */
export const runUp = async (options: UpOptions, streams: Streams): Promise<number> => {
  const example = options.example === undefined ? undefined : await loadExample(options.example);
  const progress = progressOn(streams.err);
  progress.show('starting');
  const pergola = await start(options).finally(progress.clear);
  // From here on a signal stops it in order, also while the example is being built.
  const { stopOnSignals } = await import('../../app/stop-on-signals.ts');
  const stopped = stopOnSignals(pergola);
  let running: RunningExample | undefined;
  try {
    running = await startExample(example, pergola, progress.show).finally(progress.clear);
  } catch (error) {
    await pergola.stop();
    throw exampleError(options.example, error);
  }
  if (!(await isSettled(stopped))) {
    streams.out.write(
      options.json === true
        ? `${JSON.stringify(readyFacts(pergola))}\n`
        : readyText(pergola, running?.text, painter(streams.out)),
    );
  }
  await stopped;
  await running?.stop();
  return 0;
};

const start = async (options: UpOptions): Promise<RunningPergola> => {
  // Loaded here: no other command needs the server.
  const [{ startPergola }, { loadSettings }, { SettingsError }, { jsonLogger }] = await Promise.all(
    [
      import('../../app/start-pergola.ts'),
      import('../../app/settings.ts'),
      import('../../app/settings-error.ts'),
      import('../../telemetry/json-logger.ts'),
    ],
  );
  try {
    const { port, portalPort, region, workers } = options;
    const data = dataFolder(options.data);
    const settings = await loadSettings({ data, port, portalPort, region, workers });
    // People get what needs their attention; programs that read --json collect logs, too.
    return await startPergola(
      settings,
      jsonLogger({ level: options.json === true ? 'info' : 'warn' }),
    );
  } catch (error) {
    if (error instanceof SettingsError) throw usageError(error.message);
    throw new CliError((error as Error).message, { cause: error });
  }
};

const startExample = async (
  example: Example | undefined,
  pergola: RunningPergola,
  progress: (text: string) => void,
): Promise<RunningExample | undefined> => {
  if (example === undefined) return undefined;
  const client = new ApiClient({
    api: pergola.api,
    region: pergola.region,
    credentials: loadCredentials(pergola.credentialsFile, 'default'),
  });
  const exec = `${commandName()} exec${dataFlag(pergola)} --vpc`;
  const started = example.start({ client, exec, progress });
  // Stopped while it was being built: the calls that failed because of that are no news.
  return Promise.race([started, pergola.stopped.then(() => started.catch(() => undefined))]);
};

const exampleError = (name: string | undefined, error: unknown): CliError =>
  new CliError(`the example \`${name}\` could not be built: ${(error as Error).message}`, {
    cause: error,
  });

const isSettled = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(() => true),
    new Promise<boolean>((resolve) => {
      setImmediate(() => resolve(false));
    }),
  ]);

/** The one line of `up --json`. */
export const readyFacts = (pergola: RunningPergola) => ({
  ready: true,
  api: pergola.api,
  credentials: pergola.credentialsFile,
  portals: pergola.portals(),
});

const here = (path: string): string => {
  const near = relative(process.cwd(), path);
  return near === '..' || near.startsWith(`..${sep}`) ? path : near || '.';
};

/** What other commands need to find this instance from here. */
const dataFlag = (pergola: RunningPergola): string =>
  dataFolder(undefined) === pergola.dataDir ? '' : ` --data ${here(pergola.dataDir)}`;

/** What is where, for people. */
export const readyText = (
  pergola: RunningPergola,
  exampleText: string | undefined,
  paint: Paint,
): string => {
  const command = commandName();
  const portals = Object.entries(pergola.portals());
  const doors =
    portals.length === 0
      ? ['none yet: each VPC gets one']
      : portals.map(([vpcId, url]) => `${url} into ${vpcId}`);
  const data = dataFlag(pergola);
  const facts: [string, string][] = [
    ['API', pergola.api],
    ['credentials', here(pergola.credentialsFile)],
    ...doors.map((door, index): [string, string] => [index === 0 ? 'portals' : '', door]),
    ['AWS tools', `eval "$(${command} env${data})"`],
    ['status', `${command} status${data}`],
    ['stop', 'Ctrl-C'],
  ];
  const lines = facts.map(([name, value]) => `  ${paint('dim', name.padEnd(13))}${value}`);
  return [
    `${paint('bold', 'Pergola is ready')}, region ${pergola.region}`,
    '',
    ...lines,
    ...(exampleText === undefined ? [] : ['', exampleText]),
    '',
  ].join('\n');
};
