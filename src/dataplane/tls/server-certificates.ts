import { createHash, hkdfSync } from 'node:crypto';
import type { SecureContext } from 'node:tls';
import type { CertificatePart } from '../../snapshot/parts.ts';
import { TLS_POLICY } from './tls-policy.ts';

export interface ServerCertificatesOptions {
  /** Epoch ms. */
  readonly now: () => number;
  /** Hears once of each certificate that cannot be used. */
  readonly onUnusable: (certificateId: string, reason: string) => void;
}

interface Prepared {
  readonly context: SecureContext | undefined;
  readonly day: number;
}

const DAY_MS = 86_400_000;
/** What OpenSSL wants: a name, a key for the code and one for the cipher, 16 bytes each. */
const TICKET_KEYS_BYTES = 48;

/**
 * The certificates of the worker's services, ready for handshakes. Each is prepared by the first
 * handshake that needs it; a certificate that changed is another part, and so prepared anew.
 *
 * Session tickets are sealed with keys that every worker derives in the same way, since the next
 * connection of a client may be another worker's. They differ from certificate to certificate, so
 * that a session says nothing at a service that cannot show the same one, and from day to day.
 */
export class ServerCertificates {
  readonly #options: ServerCertificatesOptions;
  #prepared = new WeakMap<CertificatePart, Prepared>();
  #ticketSecret: Buffer | undefined;

  constructor(options: ServerCertificatesOptions) {
    this.#options = options;
  }

  /** What ticket keys are derived from. Until it is set, each certificate has keys left to chance. */
  set ticketSecret(secret: Buffer) {
    this.#ticketSecret = secret;
    this.#prepared = new WeakMap();
  }

  /** Undefined when the certificate and its key are of no use. */
  contextOf(part: CertificatePart): SecureContext | undefined {
    const day = Math.floor(this.#options.now() / DAY_MS);
    let prepared = this.#prepared.get(part);
    if (prepared === undefined || (prepared.day !== day && prepared.context !== undefined)) {
      prepared = { context: this.#prepare(part, day), day };
      this.#prepared.set(part, prepared);
    }
    return prepared.context;
  }

  #prepare(part: CertificatePart, day: number): SecureContext | undefined {
    try {
      // Loaded by the first handshake: it is large, and a worker without HTTPS does without.
      return process.getBuiltinModule('node:tls').createSecureContext({
        ...TLS_POLICY,
        cert: part.certificatePem,
        key: part.privateKeyPem,
        ...(this.#ticketSecret !== undefined && {
          ticketKeys: ticketKeys(this.#ticketSecret, part.certificatePem, day),
        }),
      });
    } catch (error) {
      this.#options.onUnusable(part.id, (error as Error).message);
      return undefined;
    }
  }
}

function ticketKeys(secret: Buffer, certificatePem: string, day: number): Buffer {
  const certificate = createHash('sha256').update(certificatePem).digest();
  const purpose = `pergola session tickets ${day}`;
  return Buffer.from(hkdfSync('sha256', secret, certificate, purpose, TICKET_KEYS_BYTES));
}
