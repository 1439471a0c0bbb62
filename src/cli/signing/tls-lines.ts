import type { TLSSocket } from 'node:tls';

/** What there is to know of a client's TLS connection, a line each: version and cipher, certificate. */
export const tlsLines = (socket: TLSSocket): readonly string[] => {
  const certificate = socket.getPeerX509Certificate();
  const { authorizationError } = socket;
  return [
    `TLS: ${socket.getProtocol()}, ${socket.getCipher().standardName}`,
    ...(certificate === undefined
      ? []
      : [
          `certificate: ${onOneLine(certificate.subject)}`,
          `  for ${certificate.subjectAltName ?? 'no names'}`,
          `  issued by ${onOneLine(certificate.issuer)}`,
          `  valid until ${certificate.validToDate.toISOString()}`,
        ]),
    socket.authorized ? 'certificate verified' : `certificate NOT verified: ${authorizationError}`,
  ];
};

/** Node has each part of a name on a line of its own; a name may have none. */
const onOneLine = (name: string | undefined): string => name?.split('\n').join(', ') || 'no name';
