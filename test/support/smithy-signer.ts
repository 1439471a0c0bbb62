import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { SignatureV4a } from '@smithy/signature-v4a';

type Data = string | ArrayBuffer | ArrayBufferView;

/** SHA-256 and, with a key, HMAC in the form that `@smithy/signature-v4` asks for. */
class NodeSha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: Data) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: Data): void {
    this.#hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('not needed to sign');
  }
}

const bytes = (data: Data): Uint8Array => {
  if (typeof data === 'string') return Buffer.from(data, 'utf8');
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
};

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** AWS's own signer, as the SDKs set it up for every service but S3, which has paths signed as they are. */
export const smithySigner = (
  credentials: Credentials,
  region: string,
  service: string,
  uriEscapePath = true,
): SignatureV4 =>
  new SignatureV4({
    credentials,
    region,
    service,
    sha256: NodeSha256,
    applyChecksum: false,
    uriEscapePath,
  });

/** The same for SigV4A; `region` may be `*` or a list. */
export const smithySignerV4a = (
  credentials: Credentials,
  region: string,
  service: string,
): SignatureV4a =>
  new SignatureV4a({ credentials, region, service, sha256: NodeSha256, applyChecksum: false });
