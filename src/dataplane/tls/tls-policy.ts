import type { SecureContextOptions } from 'node:tls';

/** Versions and ciphers of HTTPS, towards clients and targets alike (VPC Lattice user guide, HTTPS listeners). */
export const TLS_POLICY = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.3',
  ciphers: [
    'TLS_AES_128_GCM_SHA256',
    'TLS_AES_256_GCM_SHA384',
    'TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-RSA-AES128-SHA',
    'ECDHE-RSA-AES256-GCM-SHA384',
    'ECDHE-RSA-AES256-SHA',
    'AES128-GCM-SHA256',
    'AES128-SHA',
    'AES256-GCM-SHA384',
    'AES256-SHA',
  ].join(':'),
  honorCipherOrder: true,
} as const satisfies SecureContextOptions;

/** What is spoken over TLS, best first. Whoever adds a protocol adds what serves it in `ClientArrival`. */
const ALPN_PROTOCOLS = ['h2', 'http/1.1'] as const;
export type AlpnProtocol = (typeof ALPN_PROTOCOLS)[number];

/**
 * What to speak with a client that offers these. Undefined when it offers nothing that is spoken
 * here: then it is HTTP/1.1, and the handshake does not mention it (VPC Lattice user guide, HTTPS
 * listeners).
 */
export const chooseAlpn = (offered: readonly string[]): AlpnProtocol | undefined =>
  ALPN_PROTOCOLS.find((protocol) => offered.includes(protocol));
