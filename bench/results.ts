import type { AuthResults } from './sections/auth.ts';
import type { GrowthResults } from './sections/growth.ts';
import type { GrpcResults } from './sections/grpc.ts';
import type { HandshakeResults } from './sections/handshakes.ts';
import type { Http2Results } from './sections/http2.ts';
import type { MemoryRow } from './sections/memory.ts';
import type { NetnsResults } from './sections/netns.ts';
import type { PassthroughResults } from './sections/passthrough.ts';
import type { PropagationRow } from './sections/propagation.ts';
import type { ProxyResults } from './sections/proxy.ts';
import type { StartRow } from './sections/start.ts';

/** What was measured; what was not asked for is absent. */
export interface Results {
  proxy?: ProxyResults;
  http2?: Http2Results;
  grpc?: GrpcResults;
  handshakes?: HandshakeResults;
  passthrough?: PassthroughResults;
  auth?: AuthResults;
  growth?: GrowthResults;
  propagation?: readonly PropagationRow[];
  start?: readonly StartRow[];
  memory?: readonly MemoryRow[];
  netns?: NetnsResults;
}

/** A table with a heading and what one has to know to read it. */
export interface Report {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly notes: readonly string[];
}
