import { generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { KeyAlgorithm } from '../lattice/certificate.ts';

export interface KeyPair {
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

const generate = promisify(generateKeyPair);

/** Some ten milliseconds for RSA with 2048 bits, a second with 4096, off the main thread. */
export const newKey = async (algorithm: KeyAlgorithm): Promise<KeyPair> => {
  const [type, parameter = ''] = algorithm.split('_');
  return type === 'RSA'
    ? generate('rsa', { modulusLength: Number(parameter) })
    : generate('ec', { namedCurve: parameter });
};

/** The algorithm of a key, public or private; undefined when it is none that ACM knows. */
export const keyAlgorithmOf = (key: KeyObject): KeyAlgorithm | undefined => {
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {};
  const name = key.asymmetricKeyType === 'rsa' ? `RSA_${modulusLength}` : `EC_${namedCurve}`;
  return KEY_ALGORITHMS.find((algorithm) => algorithm === name);
};

const KEY_ALGORITHMS: readonly KeyAlgorithm[] = [
  'RSA_1024',
  'RSA_2048',
  'RSA_3072',
  'RSA_4096',
  'EC_prime256v1',
  'EC_secp384r1',
  'EC_secp521r1',
];
