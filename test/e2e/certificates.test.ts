import { X509Certificate } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isOnPath, PERGOLA, runProgram, startInstance, type TestInstance } from './instance.ts';

const script = fileURLToPath(new URL('boto3-certificates.py', import.meta.url));
const files = fileURLToPath(new URL('../../src/certificates/testdata', import.meta.url));
const isBotoThere = await isOnPath('python3', '-c', 'import boto3');
if (!isBotoThere) console.warn('skipped: python3 with boto3 is not there');

describe('certificates', () => {
  let instance: TestInstance;
  beforeAll(async () => {
    instance = await startInstance();
  });
  afterAll(async () => {
    expect(await instance?.stop()).toBe(0);
  });

  test('pergola ca prints whom the variables of env make programs trust', async () => {
    const { stdout: pem } = await runProgram(PERGOLA, ['ca'], { env: instance.env });
    expect(new X509Certificate(pem).ca).toBe(true);
    const { stdout: path } = await runProgram(PERGOLA, ['ca', '--path'], { env: instance.env });
    expect(path).toBe(`${instance.dataDir}/ca/ca.pem\n`);
    const node = await runProgram(
      process.execPath,
      ['-p', 'require("tls").getCACertificates("extra").join("")'],
      { env: instance.env },
    );
    expect(node.stdout).toContain(pem.trim());
    const fetched = await runProgram(
      'sh',
      ['-c', 'cat "$SSL_CERT_FILE" "$CURL_CA_BUNDLE" "$REQUESTS_CA_BUNDLE"'],
      { env: instance.env },
    );
    expect(fetched.stdout.split(pem)).toHaveLength(4);
  });

  test.skipIf(!isBotoThere)(
    'unmodified boto3 imports, requests, lists and deletes them',
    async () => {
      const { code, stdout, stderr } = await runProgram('python3', [script, files], {
        env: instance.env,
      });
      expect(stderr).toBe('');
      expect(code).toBe(0);
      const { imported, requested, refusals } = JSON.parse(stdout) as {
        imported: string;
        requested: string;
        refusals: Readonly<Record<string, string>>;
      };
      const account = imported.split(':')[4];
      expect(refusals).toEqual({
        gone: `ResourceNotFoundException: Could not find certificate ${requested} in account ${account}.`,
        inUse: `ResourceInUseException: Certificate ${requested} in account ${account} is in use.`,
        unmatched: `ValidationException: certificateArn: Certificate ${imported} does not match the custom domain name orders.example.com.`,
        noChain:
          'ValidationException: Provided certificate is not a valid self signed. Please provide either a valid self-signed certificate or certificate chain.',
        longKey:
          "ValidationException: 1 validation error detected: Value at 'privateKey' failed to satisfy constraint: Member must have length less than or equal to 5120",
        noKey: 'ValidationException: The private key is not PEM-encoded or is not valid.',
        notBuilt:
          'UnsupportedOperationException: `RenewCertificate` of ACM is not built; docs/coverage.md lists the operations that work',
      });
    },
    120_000,
  );
});
