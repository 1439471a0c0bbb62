import { descriptorLimit } from './descriptor-limit.ts';
import { dialLoopback } from './loopback/loopback.ts';
import { NetnsDialer, type NetnsDialerOptions } from './netns/netns-dialer.ts';
import type { Dialer, UnderlayName } from './underlay.ts';

/** More cost the kernel more than a restart is worth. */
const MOST_KEPT = 2048;
/** What sockets that wait may take of a worker's descriptors; the others are for connections. */
const SHARE_OF_DESCRIPTORS = 1 / 8;

/** How a worker dials into VPCs with an underlay, given how it asks for sockets. */
export const openDialer =
  (underlay: UnderlayName) =>
  (ask: NetnsDialerOptions['ask']): Dialer => {
    if (underlay === 'loopback') return { dial: dialLoopback };
    const mostKept = Math.min(MOST_KEPT, Math.floor(descriptorLimit() * SHARE_OF_DESCRIPTORS));
    return new NetnsDialer({ ask, mostKept });
  };
