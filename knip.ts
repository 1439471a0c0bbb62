import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'src/cli/main.ts',
    'src/dataplane/worker-main.ts',
    // Loaded by name.
    'examples/*/example.ts',
    'examples/*/demo.ts',
    'examples/*/target-server.ts',
    'src/store/crash-writer.ts',
    'tools/*.{ts,mjs}',
    'bench/*.ts',
    'test/**/*.test.ts',
  ],
  project: [
    'src/**/*.ts',
    'tools/**/*.{ts,mjs}',
    'examples/**/*.ts',
    'bench/**/*.ts',
    'test/**/*.ts',
  ],
  ignore: ['src/protocol/generated/**'],
  // Runs everything; it is on PATH of npm's scripts and beside bin/pergola.
  ignoreDependencies: ['node'],
  // Types of a front file belong to its contract, whether or not someone names them yet.
  ignoreExportsUsedInFile: { interface: true, type: true },
};

export default config;
