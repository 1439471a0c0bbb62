import { readFileSync } from 'node:fs';
import type { CertificatePart } from '../../snapshot/parts.ts';

const testdata = new URL('./testdata/', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, testdata), 'utf8');

/** For tests: `shop` and `renewed` are for `shop.example`, `bank` is for `bank.example`. */
export const aCertificate = (
  name: 'shop' | 'renewed' | 'bank' = 'shop',
  part: Partial<CertificatePart> = {},
): CertificatePart => ({
  kind: 'certificate',
  id: `arn:aws:acm:us-west-2:111122223333:certificate/${name}`,
  certificatePem: read(`${name}.cert.pem`),
  privateKeyPem: read(`${name}.key.pem`),
  ...part,
});
