import type { Answer, Question } from './explanation.ts';
import type { SnapshotDelta } from './parts.ts';

/** What the control plane and a data-plane worker say to each other. All of it is plain JSON. */
export type ToWorker =
  | { readonly type: 'snapshot'; readonly delta: SnapshotDelta }
  /** What others found out about targets, for a worker that has not checked them yet. */
  | { readonly type: 'health'; readonly known: readonly TargetHealthReport[] }
  /**
   * 32 random bytes, base64, the same for every worker: TLS sessions that one of them began can be
   * resumed at another. Secret: never to be logged or kept.
   */
  | { readonly type: 'ticketSecret'; readonly secret: string }
  /** Comes with a bound socket, on which clients inside a VPC ask for names. */
  | { readonly type: 'resolve'; readonly place: ResolverPlace }
  /** No names are asked for at the address any more. */
  | { readonly type: 'unresolve'; readonly vpcId: string; readonly address: string }
  /**
   * Comes with a listening handle: connections accepted there come from inside the VPC. `listenerPort`
   * is the port that they are for; absent: it is a portal, whose clients name one.
   */
  | {
      readonly type: 'listen';
      readonly vpcId: string;
      readonly port: number;
      readonly listenerPort?: number;
    }
  | { readonly type: 'unlisten'; readonly vpcId: string; readonly listenerPort?: number }
  /** Comes with a socket of a batch that was asked for with `wantSockets`. */
  | { readonly type: 'socket'; readonly batch: number }
  /**
   * After the sockets of a batch, without one. A message with a socket does not arrive when the worker
   * has no descriptor left for it; this one always does.
   */
  | { readonly type: 'socketsOver'; readonly batch: number }
  /** The network of the VPC goes: sockets that wait to be used are to be closed. */
  | { readonly type: 'forgetSockets'; readonly vpcId: string }
  /** To be answered with an `answer` of the same id. */
  | { readonly type: 'ask'; readonly id: number; readonly question: Question }
  /** Accept nothing more, finish what runs, then end. */
  | { readonly type: 'drain' };

export type FromWorker =
  | { readonly type: 'ready' }
  /** Sent once the delta is what every new request sees. */
  | { readonly type: 'applied'; readonly revision: number }
  | { readonly type: 'health'; readonly changes: readonly TargetHealthReport[] }
  /** Draining targets without a request in flight in this worker. */
  | { readonly type: 'drained'; readonly targets: readonly { groupId: string; key: string }[] }
  /** Wants sockets that can be connected to addresses of the family in the VPC, at most 64 before `socketsOver`. */
  | {
      readonly type: 'wantSockets';
      readonly batch: number;
      readonly vpcId: string;
      readonly family: 4 | 6;
      readonly count: number;
    }
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer }
  /** Totals since the worker's start, by service id and by target group id: those that changed, once a second. */
  | { readonly type: 'counters'; readonly totals: CounterTotals };

/** Where clients of a VPC ask for names; a VPC may have several places. */
export interface ResolverPlace {
  readonly vpcId: string;
  /** On which the socket is bound. */
  readonly address: string;
  readonly transport: 'udp' | 'tcp';
}
/** What tells the places apart where a worker accepts: a VPC has a portal, or a socket for each port. */
export const entranceKey = (vpcId: string, listenerPort: number | undefined): string =>
  `${vpcId}:${listenerPort ?? 'portal'}`;

export interface TargetHealthReport {
  readonly groupId: string;
  /** `TargetPart.key` */
  readonly key: string;
  readonly health: TargetHealth;
}

export type TargetHealth = 'INITIAL' | 'HEALTHY' | 'UNHEALTHY';

export interface CounterTotals {
  readonly services: Readonly<Record<string, RequestCounters>>;
  readonly targetGroups: Readonly<Record<string, RequestCounters>>;
  /** Connections beyond what a worker allows. */
  readonly refusedConnections: number;
  /** Connections that security groups, network ACLs or a missing association did not admit, by VPC id. */
  readonly deniedConnections: Readonly<Record<string, number>>;
  readonly droppedLogRecords: number;
  readonly dns: DnsCounters;
}

/** Questions of clients in VPCs. */
export interface DnsCounters {
  readonly queries: number;
  /** Of these, those that other servers were asked about. */
  readonly forwarded: number;
  /** Of these, those for which there was no answer. */
  readonly failed: number;
}

/** Requests, of these by class of status, and bytes as in the access log. */
export interface RequestCounters {
  readonly requests: number;
  readonly status2xx: number;
  readonly status3xx: number;
  readonly status4xx: number;
  readonly status5xx: number;
  readonly bytesReceived: number;
  readonly bytesSent: number;
}

/** Either side of the channel: IPC between processes, or in memory within one. */
export interface Channel<Out, In> {
  send(message: Out, handle?: unknown): void;
  /** At most one receiver. */
  receive(receiver: (message: In, handle: unknown) => void): void;
  /** Called once when the other side is gone. */
  onClose(listener: () => void): void;
  close(): void;
}
