import { existsSync, readdirSync } from 'node:fs';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ApiClient } from './api-client.ts';
import { CliError, usageError } from './cli-error.ts';

export interface ExampleContext {
  /** Signs as the first account. */
  readonly client: ApiClient;
  /** What people type here before `-- COMMAND` to run one in a VPC: `./bin/pergola exec --vpc`. */
  readonly exec: string;
  /** What people type before the flags and the URL of a signed call: `./bin/pergola call`. */
  readonly call: string;
  /** Tells a waiting person how far it is. */
  progress(text: string): void;
}

export interface RunningExample {
  /** What there is to try, for people. */
  readonly text: string;
  /** Ends its processes; what it built stays in the data folder. */
  stop(): Promise<void>;
}

/** What `examples/NAME/example.ts` exports. */
export interface Example {
  start(context: ExampleContext): Promise<RunningExample>;
}

// The examples lie beside src/, in a checkout and in the built package alike.
const folder = new URL('../../examples/', import.meta.url);

const fileOf = (name: string): URL => new URL(`${name}/example${extname(import.meta.url)}`, folder);

const listExamples = (): string[] => {
  try {
    return (
      readdirSync(folder, { withFileTypes: true })
        // Others are programs to read and to run by themselves.
        .filter((entry) => entry.isDirectory() && existsSync(fileOf(entry.name)))
        .map((entry) => entry.name)
    );
  } catch (error) {
    throw new CliError(`the examples are not part of this package (${fileURLToPath(folder)})`, {
      cause: error,
    });
  }
};

/** Loads an example by name; an unknown name is a usage error that lists what there is. */
export const loadExample = async (name: string): Promise<Example> => {
  const known = listExamples();
  if (!known.includes(name)) {
    throw usageError(`no example \`${name}\`; there are: ${known.join(', ')}`);
  }
  return (await import(fileOf(name).href)) as Example;
};
