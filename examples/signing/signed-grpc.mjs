/**
 * A signed gRPC call to a service of VPC Lattice, in Node.js; asks it for its health:
 *
 *   node signed-grpc.mjs URL [SERVICE]
 *
 * URL is https://HOST or, for HTTP/2 in the clear, http://HOST; SERVICE is the gRPC service whose
 * health is asked for, all of the server without it. Needs Node.js 20 or newer, @grpc/grpc-js,
 * @smithy/signature-v4, credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for a role,
 * AWS_SESSION_TOKEN, and AWS_REGION. Goes through the proxy of https_proxy or http_proxy when that is
 * set. Writes the health to standard output; exits with 1 when it is not SERVING.
 */
import { createHash, createHmac } from 'node:crypto';
import { Client, credentials, InterceptingCall } from '@grpc/grpc-js';
import { SignatureV4 } from '@smithy/signature-v4';

/** SHA-256 and HMAC as the signer wants them; @aws-crypto/sha256-js does the same. */
class Sha256 {
  constructor(secret) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(data) {
    this.hash.update(data);
  }
  async digest() {
    return new Uint8Array(this.hash.digest());
  }
}

const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION } = process.env;
if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY || !AWS_REGION) {
  console.error('set AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION');
  process.exit(2);
}

const signer = new SignatureV4({
  service: 'vpc-lattice-svcs',
  region: AWS_REGION,
  credentials: {
    accessKeyId: AWS_ACCESS_KEY_ID,
    secretAccessKey: AWS_SECRET_ACCESS_KEY,
    ...(AWS_SESSION_TOKEN ? { sessionToken: AWS_SESSION_TOKEN } : {}),
  },
  sha256: Sha256,
  // The path is signed as it is sent.
  uriEscapePath: false,
  // No hash of the messages: VPC Lattice refuses signed payloads.
  applyChecksum: false,
});

const [text = '', service = ''] = process.argv.slice(2);
if (!/^https?:/.test(text) || !URL.canParse(text)) {
  console.error('usage: signed-grpc.mjs URL [SERVICE]');
  process.exit(2);
}
const url = new URL(text);
const isSecure = url.protocol === 'https:';

/** Signs a call before it begins. Every call is a POST, and its path is its method. */
const signed = (options, next) =>
  new InterceptingCall(next(options), {
    start: async (metadata, listener, begin) => {
      const { headers } = await signer.sign({
        method: 'POST',
        protocol: url.protocol,
        hostname: url.hostname,
        path: options.method_definition.path,
        headers: {
          host: url.host,
          // Must be sent, and must be signed.
          'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
        },
      });
      // HTTP/2 has no Host: it goes as `:authority`, which the channel sends.
      for (const [name, value] of Object.entries(headers)) {
        if (name !== 'host') metadata.set(name, value);
      }
      begin(metadata, listener);
    },
  });

const client = new Client(
  // With its port, since a proxy is asked for 443 otherwise.
  `${url.hostname}:${url.port || (isSecure ? 443 : 80)}`,
  isSecure ? credentials.createSsl() : credentials.createInsecure(),
  {
    // Without this it is the target with its port, which is another host than the one that is signed.
    'grpc.default_authority': url.host,
    interceptors: [signed],
  },
);

// Messages as Protocol Buffers has them; with a .proto file, @grpc/proto-loader does that.
const HEALTH = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'];
const encodeRequest = (name) => {
  const bytes = Buffer.from(name);
  if (bytes.length > 127) throw new Error('the name of the service is too long for this example');
  return bytes.length === 0 ? bytes : Buffer.from([0x0a, bytes.length, ...bytes]);
};
const decodeAnswer = (message) => HEALTH[message[0] === 0x08 ? message[1] : 0] ?? 'UNKNOWN';

const deadline = Date.now() + 10_000;
client.makeUnaryRequest(
  '/grpc.health.v1.Health/Check',
  encodeRequest,
  decodeAnswer,
  service,
  { deadline },
  (error, health) => {
    if (error) console.error(`no health of ${url.host}: ${error.message}`);
    else console.log(health);
    process.exitCode = health === 'SERVING' ? 0 : 1;
    client.close();
  },
);
