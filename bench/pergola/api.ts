import { Agent, request } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { ApiClient } from '../../src/cli/api-client.ts';
import { loadCredentials } from '../../src/cli/credentials.ts';
import { Sha256 } from '../../src/cli/sha256.ts';
import type { Instance } from './instance.ts';

const REGION = 'us-west-2';

export const apiClient = ({ api, credentialsFile }: Instance): ApiClient =>
  new ApiClient({ api, region: REGION, credentials: loadCredentials(credentialsFile, 'default') });

/** For clients of the AWS SDK. */
export const sdkOptions = ({ api, credentialsFile }: Instance) => ({
  endpoint: api,
  region: REGION,
  credentials: loadCredentials(credentialsFile, 'default'),
});

/** When a call was sent and answered, as of `performance.now()`. */
export interface TimedCall {
  readonly sentAt: number;
  readonly answeredAt: number;
}

/**
 * Calls of the API with nothing of a client in their time: signed beforehand, on one kept
 * connection, timed from the first byte sent to the last byte received.
 */
export class TimedApi {
  readonly #base: URL;
  readonly #signer: SignatureV4;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor({ api, credentialsFile }: Instance) {
    this.#base = new URL(api);
    this.#signer = new SignatureV4({
      service: 'vpc-lattice',
      region: REGION,
      credentials: loadCredentials(credentialsFile, 'default'),
      sha256: Sha256,
      applyChecksum: true,
    });
  }

  /** Answers what makes the call. */
  async prepare(method: string, path: string, input: unknown): Promise<() => Promise<TimedCall>> {
    const body = JSON.stringify(input);
    const { hostname, port, host, protocol } = this.#base;
    const signed = await this.#signer.sign({
      method,
      protocol,
      hostname,
      path,
      headers: { host, 'content-type': 'application/json' },
      body,
    });
    const headers = { ...signed.headers, 'content-length': String(Buffer.byteLength(body)) };
    const options = { agent: this.#agent, method, hostname, port, path, headers };
    return () =>
      new Promise((resolve, reject) => {
        const outgoing = request(options, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('end', () => {
            const answeredAt = performance.now();
            if (response.statusCode === 200) resolve({ sentAt, answeredAt });
            else
              reject(new Error(`${method} ${path} was answered ${response.statusCode}: ${text}`));
          });
        });
        outgoing.on('error', reject);
        const sentAt = performance.now();
        outgoing.end(body);
      });
  }

  close(): void {
    this.#agent.destroy();
  }
}
