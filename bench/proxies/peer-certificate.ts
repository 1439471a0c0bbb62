import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  certificateAuthority,
  newAuthorityKey,
  selfSigned,
} from '../../src/certificates/certificate-authority.ts';
import type { BenchFolder } from '../bench-folder.ts';

/**
 * A file with a key and a certificate for the host, in PEM: of the kind that Pergola's managed
 * certificate is (RSA with 2048 bits, signed by a P-256 authority), so that a handshake costs the same.
 */
export const peerCertificate = async (folder: BenchFolder, host: string): Promise<string> => {
  const key = await newAuthorityKey();
  const now = new Date();
  const authority = certificateAuthority(key, selfSigned(key, now));
  const { certificatePem, privateKeyPem } = await authority.issue([host], 'RSA_2048', now);
  const file = join(folder.make('certificate'), 'server.pem');
  writeFileSync(file, `${certificatePem}\n${privateKeyPem}\n`, { mode: 0o600 });
  return file;
};
