import { parseLines } from './http2/fields.ts';
import type { Source } from './request-head.ts';
import type { NetworkRuntime, ServiceRuntime, TargetGroupRuntime, VpcRuntime } from './state.ts';

/** Which way a request takes: all requests of one way get the same header lines. */
export interface Way {
  readonly source: Source;
  readonly vpc: VpcRuntime | undefined;
  readonly network: NetworkRuntime | undefined;
  readonly service: ServiceRuntime | undefined;
}

/** The same fields in either form. */
export class WayLines {
  /** CR LF, then lines of HTTP/1.1, and the end of the head. */
  readonly text: string;
  #fields: readonly string[] | undefined;

  constructor(text: string) {
    // Flat, so that writing it is one copy instead of a walk over its pieces.
    this.text = Buffer.from(text, 'latin1').toString('latin1');
  }

  /** Name, value, name, value… for HTTP/2. */
  get fields(): readonly string[] {
    this.#fields ??= parseLines(this.text);
    return this.#fields;
  }
}

interface CachedLines extends Way {
  readonly lines: WayLines;
}

/** The lines of the last way to each target group; almost always the next one is the same. */
const cache = new WeakMap<TargetGroupRuntime, CachedLines>();

/**
 * What every request of a way is told beside its own: port and protocol of the listener, VPC, service
 * network, service and target group (VPC Lattice user guide, HTTP targets).
 */
export function wayLines(way: Way, targetGroup: TargetGroupRuntime): WayLines {
  const { source, vpc, network, service } = way;
  const cached = cache.get(targetGroup);
  if (
    cached !== undefined &&
    cached.service === service &&
    cached.network === network &&
    cached.vpc === vpc &&
    cached.source.listenerPort === source.listenerPort &&
    cached.source.protocol === source.protocol
  ) {
    return cached.lines;
  }
  const text =
    `\r\nx-forwarded-port: ${source.listenerPort}\r\nx-forwarded-proto: ${source.protocol}\r\n` +
    `${vpc?.sourceVpcHeader ?? ''}x-amzn-lattice-target: ServiceArn=${service?.part.arn}; ` +
    `ServiceNetworkArn=${network?.part.arn}; TargetGroupArn=${targetGroup.part.arn}\r\n\r\n`;
  const lines = new WayLines(text);
  cache.set(targetGroup, { source, vpc, network, service, lines });
  return lines;
}
