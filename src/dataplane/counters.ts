import type { RequestCounters } from '../snapshot/feed.ts';

/** Totals since the worker's start for one service or target group. Written on the request path. */
export class Counters implements RequestCounters {
  requests = 0;
  status2xx = 0;
  status3xx = 0;
  status4xx = 0;
  status5xx = 0;
  bytesReceived = 0;
  bytesSent = 0;
  #reported = 0;

  /** Counts one ended exchange. A `statusCode` of 0 (no response was begun) counts in no class. */
  add(statusCode: number, bytesReceived: number, bytesSent: number): void {
    this.requests += 1;
    if (statusCode < 200) {
      // Neither an interim status nor a missing response has a class of its own.
    } else if (statusCode < 300) this.status2xx += 1;
    else if (statusCode < 400) this.status3xx += 1;
    else if (statusCode < 500) this.status4xx += 1;
    else this.status5xx += 1;
    this.bytesReceived += bytesReceived;
    this.bytesSent += bytesSent;
  }

  /** A copy for the control plane, when there were requests since the last one. */
  takeChanged(): RequestCounters | undefined {
    if (this.requests === this.#reported) return undefined;
    this.#reported = this.requests;
    return this.totals();
  }

  /** A copy that later requests do not change. */
  totals(): RequestCounters {
    return {
      requests: this.requests,
      status2xx: this.status2xx,
      status3xx: this.status3xx,
      status4xx: this.status4xx,
      status5xx: this.status5xx,
      bytesReceived: this.bytesReceived,
      bytesSent: this.bytesSent,
    };
  }
}
