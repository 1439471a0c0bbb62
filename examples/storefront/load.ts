import { Agent, request } from 'node:http';
import { Agent as TlsAgent, request as tlsRequest } from 'node:https';

/** What came of a batch of requests. */
export interface Tally {
  readonly sent: number;
  /** Anything but a 200 of a target: other statuses and broken connections. */
  readonly failed: number;
  /** Name of the target -> requests it answered. */
  readonly servedBy: ReadonlyMap<string, number>;
  /** The first few failures, for people. */
  readonly failures: readonly string[];
}

/** How often something is asked, and when it is enough. */
export interface Flow {
  readonly requests: number;
  /** Asked before each request; the load ends early when it is true. */
  isOver?(): boolean;
  /** Requests at the same time; 16 by default. */
  readonly concurrency?: number;
  /** Called before each request with its number, from 0; the load goes on meanwhile. */
  onRequest?(index: number): void;
}

export interface Load extends Flow {
  /** URL of the VPC's portal. */
  readonly portal: string;
  /** Name of the service. */
  readonly host: string;
  readonly path: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** The certificate, in PEM, that the service's has to be verified by; HTTPS, when it is there. */
  readonly authority?: string;
  /** A connection for each request, with a handshake of its own: no session is resumed. */
  readonly isReconnecting?: boolean;
}

const CONCURRENCY = 16;

interface Answer {
  readonly status: number;
  readonly servedBy: string;
}

const send = (load: Load, agent: Agent): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(load.portal);
    const outgoing = (load.authority === undefined ? request : tlsRequest)(
      {
        agent,
        hostname,
        port,
        method: load.method ?? 'GET',
        path: load.path,
        headers: { ...load.headers, host: load.host },
        timeout: 10_000,
      },
      (response) => {
        response.resume();
        response.once('error', reject);
        response.once('end', () => {
          const servedBy = response.headers['x-served-by'];
          resolve({ status: response.statusCode ?? 0, servedBy: String(servedBy ?? 'nobody') });
        });
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer within 10 s')));
    outgoing.once('error', reject);
    outgoing.end();
  });

const newAgent = ({ host, authority, isReconnecting }: Load, maxSockets: number): Agent => {
  const options = { keepAlive: isReconnecting !== true, maxSockets };
  if (authority === undefined) return new Agent(options);
  return new TlsAgent({
    ...options,
    ca: authority,
    servername: host,
    // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
    rejectUnauthorized: true,
    ...(isReconnecting === true && { maxCachedSessions: 0 }),
  });
};

/** Sends requests through a portal, as clients in the VPC would, and counts who answered. */
export const sendLoad = async (load: Load): Promise<Tally> => {
  const agent = newAgent(load, load.concurrency ?? CONCURRENCY);
  const tally = await repeat(load, () => send(load, agent));
  agent.destroy();
  return tally;
};

/** Asks again and again, and counts who answered. */
export const repeat = async (flow: Flow, ask: () => Promise<Answer>): Promise<Tally> => {
  const servedBy = new Map<string, number>();
  const failures: string[] = [];
  let started = 0;
  let failed = 0;
  const client = async () => {
    while (started < flow.requests && flow.isOver?.() !== true) {
      const index = started++;
      flow.onRequest?.(index);
      try {
        const answer = await ask();
        servedBy.set(answer.servedBy, (servedBy.get(answer.servedBy) ?? 0) + 1);
        if (answer.status === 200) continue;
        failed += 1;
        if (failures.length < 3) failures.push(`status ${answer.status}`);
      } catch (error) {
        failed += 1;
        if (failures.length < 3) failures.push((error as Error).message);
      }
    }
  };
  await Promise.all(Array.from({ length: flow.concurrency ?? CONCURRENCY }, client));
  return { sent: started, failed, servedBy, failures };
};
