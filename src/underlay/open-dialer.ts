import { dialLoopback } from './loopback/loopback.ts';
import { NetnsDialer, type NetnsDialerOptions } from './netns/netns-dialer.ts';
import type { Dialer, UnderlayName } from './underlay.ts';

/** How a worker dials into VPCs with an underlay, given how it asks for sockets. */
export const openDialer =
  (underlay: UnderlayName) =>
  (ask: NetnsDialerOptions['ask']): Dialer =>
    underlay === 'loopback' ? { dial: dialLoopback } : new NetnsDialer({ ask });
