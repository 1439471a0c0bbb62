import type { Socket } from 'node:net';
import type { SecureContext, TLSSocket } from 'node:tls';
import { type AlpnProtocol, TLS_POLICY } from './tls-policy.ts';

let context: SecureContext | undefined;

/**
 * TLS towards one target: the policy of HTTPS listeners, and whatever certificate the target shows
 * (VPC Lattice user guide, target groups). The last session is resumed by the next connection.
 *
 * @param serverName the name that the target is asked for; AWS documents none, it is the client's Host
 * @param protocol the one that the target is asked to speak
 */
export const targetTls = (
  serverName: string,
  protocol: AlpnProtocol,
): ((socket: Socket) => TLSSocket) => {
  let session: Buffer | undefined;
  return (socket) => {
    const tls = process.getBuiltinModule('node:tls');
    context ??= tls.createSecureContext(TLS_POLICY);
    const secure = tls.connect({
      socket,
      servername: serverName,
      secureContext: context,
      rejectUnauthorized: false,
      ALPNProtocols: [protocol],
      ...(session !== undefined && { session }),
    });
    secure.on('session', (fresh) => {
      session = fresh;
    });
    return secure;
  };
};
