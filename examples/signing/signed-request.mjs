/**
 * A signed request to a service of VPC Lattice, in Node.js:
 *
 *   node signed-request.mjs [METHOD] URL [BODY]
 *
 * Needs @smithy/signature-v4, credentials in AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and, for a role,
 * AWS_SESSION_TOKEN, and AWS_REGION. Writes the answer to standard output; exits with 1 when it is
 * an error.
 */
import { createHash, createHmac } from 'node:crypto';
import { request } from 'node:http';
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
  // The path is signed as the URL has it.
  uriEscapePath: false,
  // No hash of the body: VPC Lattice refuses signed payloads.
  applyChecksum: false,
});

const words = process.argv.slice(2);
const method = words.length > 1 ? words.shift() : 'GET';
const url = new URL(words[0] ?? '');
const body = words[1];

/** Every parameter with all its values, decoded. */
const query = Object.fromEntries(
  [...url.searchParams.keys()].map((name) => [name, url.searchParams.getAll(name)]),
);

const { headers } = await signer.sign({
  method,
  protocol: url.protocol,
  hostname: url.hostname,
  path: url.pathname,
  query,
  headers: {
    host: url.host,
    // Must be sent, and must be signed.
    'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
  },
});

const outgoing = request(url, { method, headers }, (response) => {
  response.pipe(process.stdout);
  process.exitCode = response.statusCode < 400 ? 0 : 1;
});
outgoing.end(body);
