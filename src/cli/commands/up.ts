import type { RunningPergola } from '../../app/start-pergola.ts';
import { listenForStopSignals, type StopSignals } from '../../app/stop-signals.ts';
import { ApiClient } from '../api-client.ts';
import { CliError, usageError } from '../cli-error.ts';
import { loadCredentials } from '../credentials.ts';
import { dataFolder } from '../data-folder.ts';
import { type Example, loadExample, type RunningExample } from '../example.ts';
import { nextCommand, pathFromHere } from '../next-command.ts';
import type { Streams } from '../program.ts';
import { progressOn } from '../progress.ts';
import { explainSlowStop } from '../slow-stop.ts';
import { type Paint, painter } from '../style.ts';

export interface UpOptions {
  readonly data?: string;
  readonly port: number;
  readonly portalPort: number;
  readonly dnsPort: number;
  readonly region?: string;
  readonly workers?: number;
  readonly underlay?: 'loopback' | 'netns';
  readonly portals?: boolean;
  readonly example?: string;
  readonly json?: boolean;
}

/** Starts Pergola in this process and answers when it has stopped. */
export const runUp = async (options: UpOptions, streams: Streams): Promise<number> => {
  const signals = listenForStopSignals();
  try {
    const up = await startAll(options, streams, signals).catch((error: unknown) => {
      // Told to stop before it was ready: what failed because of that is no news.
      if (!signals.stop.aborted) throw error;
      return undefined;
    });
    await up?.pergola.stopped;
    await up?.running?.stop();
  } finally {
    signals.close();
  }
  return 0;
};

/** Pergola and its example, ready or told to stop; when one of them cannot start, neither is left. */
const startAll = async (
  options: UpOptions,
  streams: Streams,
  signals: StopSignals,
): Promise<{ readonly pergola: RunningPergola; readonly running: RunningExample | undefined }> => {
  const example = options.example === undefined ? undefined : await loadExample(options.example);
  const progress = progressOn(streams.err);
  progress.show('starting');
  const { pergola, stopMs } = await start(options, signals).finally(progress.clear);
  // Programs that read --json wait for its end, not for words.
  if (options.json !== true) {
    explainSlowStop({ stop: signals.stop, stopped: pergola.stopped, stopMs }, streams.err);
  }
  let running: RunningExample | undefined;
  try {
    running = await startExample(example, pergola, progress.show).finally(progress.clear);
  } catch (error) {
    await pergola.stop();
    throw exampleError(options.example, error);
  }
  if (!signals.stop.aborted) {
    streams.out.write(
      options.json === true
        ? `${JSON.stringify(readyFacts(pergola))}\n`
        : readyText(pergola, running?.text, painter(streams.out)),
    );
  }
  return { pergola, running };
};

const start = async (
  options: UpOptions,
  signals: StopSignals,
): Promise<{ readonly pergola: RunningPergola; readonly stopMs: number }> => {
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
    const { port, portalPort, dnsPort, region, workers, underlay, portals } = options;
    const data = dataFolder(options.data);
    const settings = await loadSettings({
      data,
      port,
      portalPort,
      dnsPort,
      region,
      workers,
      underlay,
      portals,
    });
    // People get what needs their attention; programs that read --json collect logs, too.
    const pergola = await startPergola(
      settings,
      jsonLogger({ level: options.json === true ? 'info' : 'warn' }),
      signals,
    );
    return { pergola, stopMs: settings.stopMs };
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
  const exec = nextCommand(pergola.dataDir, 'exec', '--vpc');
  const call = nextCommand(pergola.dataDir, 'call');
  return example.start({ client, exec, call, progress });
};

const exampleError = (name: string | undefined, error: unknown): CliError =>
  new CliError(`the example \`${name}\` could not be built: ${(error as Error).message}`, {
    cause: error,
  });

/** The one line of `up --json`. */
export const readyFacts = (pergola: RunningPergola) => ({
  ready: true,
  api: pergola.api,
  credentials: pergola.credentialsFile,
  portals: pergola.portals(),
  resolvers: pergola.resolvers(),
});

const CLOSED = 'none: root enters VPCs with `pergola exec`; --portals opens them to every program';

/** What is where, for people. */
export const readyText = (
  pergola: RunningPergola,
  exampleText: string | undefined,
  paint: Paint,
): string => {
  const portals = Object.entries(pergola.portals());
  const doors =
    portals.length === 0
      ? [pergola.hasPortals ? 'none yet: each VPC gets one' : CLOSED]
      : portals.map(([vpcId, url]) => `${url} into ${vpcId}`);
  const resolvers = Object.entries(pergola.resolvers()).map(
    ([vpcId, address]) => `${address} for ${vpcId}`,
  );
  const facts: [string, string][] = [
    ['API', pergola.api],
    ['credentials', pathFromHere(pergola.credentialsFile)],
    ...doors.map((door, index): [string, string] => [index === 0 ? 'portals' : '', door]),
    ...resolvers.map((resolver, index): [string, string] => [index === 0 ? 'DNS' : '', resolver]),
    ['AWS tools', `eval "$(${nextCommand(pergola.dataDir, 'env')})"`],
    ['status', nextCommand(pergola.dataDir, 'status')],
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
