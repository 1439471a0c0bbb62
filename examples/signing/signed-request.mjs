/**
 * A signed request to a service of VPC Lattice, in Node.js:
 *
 *   node signed-request.mjs [METHOD] URL [BODY]
 *
 * Needs Node.js 20 or newer, @smithy/signature-v4, credentials in AWS_ACCESS_KEY_ID,
 * AWS_SECRET_ACCESS_KEY and, for a role, AWS_SESSION_TOKEN, and AWS_REGION. Goes through the proxy of
 * http_proxy when that is set. Writes the answer to standard output; exits with 1 when it is an error.
 */
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { pipeline } from 'node:stream/promises';
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
if (!/^http:/.test(words[0]) || !URL.canParse(words[0])) {
  console.error('usage: signed-request.mjs [METHOD] http://HOST/PATH [BODY]');
  process.exit(2);
}
const url = new URL(words[0]);
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

// A proxy is asked for the whole URL. Node.js does that by itself only since version 24, and when told
// to by NODE_USE_ENV_PROXY; an agent of our own keeps it from doing it a second time.
const { http_proxy: proxy } = process.env;
const target = `${url.pathname}${url.search}`;
try {
  const outgoing = request(proxy || url, {
    method,
    path: proxy ? url.origin + target : target,
    headers,
    agent: new Agent(),
  });
  outgoing.end(body);
  const [response] = await once(outgoing, 'response');
  await pipeline(response, process.stdout, { end: false });
  process.exitCode = response.statusCode < 400 ? 0 : 1;
} catch (error) {
  console.error(`no answer from ${url.host}: ${error.message}`);
  process.exitCode = 1;
}
