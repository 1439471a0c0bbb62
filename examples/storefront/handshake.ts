import type { X509Certificate } from 'node:crypto';
import { connect } from 'node:tls';

/**
 * A TLS handshake with a service through a portal, which takes one that is sent straight to it for port
 * 443; answers the certificate that was shown.
 *
 * @param authorities certificates in PEM: whom the client trusts, and nobody else
 * @throws Error with a `code` of Node's when the certificate is not verified
 */
export const shownCertificate = (
  portalUrl: string,
  host: string,
  authorities: readonly string[],
): Promise<X509Certificate> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(portalUrl);
    const socket = connect({
      host: hostname,
      port: Number(port),
      servername: host,
      ca: [...authorities],
      rejectUnauthorized: true,
      timeout: 10_000,
    });
    socket.once('timeout', () => socket.destroy(new Error('no handshake within 10 s')));
    socket.once('error', reject);
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerX509Certificate();
      socket.destroy();
      if (certificate === undefined) reject(new Error('no certificate was shown'));
      else resolve(certificate);
    });
  });
