import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    'src/cli/main.ts',
    'src/dataplane/worker-main.ts',
    // Loaded by name.
    'examples/*/example.ts',
    'examples/*/demo.ts',
    'examples/*/target-server.ts',
    'examples/*/client.ts',
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
  // Comes with @grpc/grpc-js, for which it reads .proto files.
  ignoreDependencies: ['@grpc/proto-loader'],
  // Of iproute2, where there is any.
  ignoreBinaries: ['ip', 'setpriv'],
  // What a file uses itself and offers to others too belongs to its contract.
  ignoreExportsUsedInFile: true,
};

export default config;
