import { issueCertificate } from '../../src/certificates/issue-certificate.ts';
import { newKey } from '../../src/certificates/new-key.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * A new key and a certificate, in PEM, that it signed itself: enough for a target, since nobody verifies
 * what targets show, neither here nor on AWS.
 */
export const selfSignedFor = async (
  serverName: string,
): Promise<{ readonly key: string; readonly cert: string }> => {
  const { publicKey, privateKey } = await newKey('EC_prime256v1');
  const name = { commonName: serverName };
  const now = Date.now();
  const cert = issueCertificate(
    {
      subject: name,
      publicKey,
      notBefore: new Date(now - DAY_MS),
      notAfter: new Date(now + 365 * DAY_MS),
      use: { serverNames: [serverName] },
    },
    { name, publicKey, privateKey },
  );
  return { key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), cert };
};
