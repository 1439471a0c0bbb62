import { createPrivateKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OpenID Connect issuer on a loopback address. */
export interface OidcIssuer {
  readonly url: string;
  /** How often its keys were asked for. */
  readonly fetches: () => number;
  /** A token with the current key, unless `key` is another one. */
  token(claims: object, options?: { readonly key?: IssuerKey; readonly header?: object }): string;
  /** Publishes another key in place of the one before. */
  rotate(): void;
  close(): void;
}

export interface IssuerKey {
  readonly keyId: string;
  readonly algorithm: 'RS256' | 'ES256';
  readonly privateKey: KeyObject;
  readonly jwk: object;
}

let made = 0;

export const issuerKey = (algorithm: IssuerKey['algorithm'] = 'ES256', bits = 2048): IssuerKey => {
  made += 1;
  const { privateKey, publicKey } =
    algorithm === 'RS256'
      ? generateKeyPairSync('rsa', { modulusLength: bits })
      : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const keyId = `key-${made}`;
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid: keyId, alg: algorithm, use: 'sig' };
  return {
    keyId,
    algorithm,
    privateKey: createPrivateKey(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    jwk,
  };
};

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

export const signToken = (key: IssuerKey, claims: object, header: object = {}): string => {
  const text = `${encode({ alg: key.algorithm, kid: key.keyId, typ: 'JWT', ...header })}.${encode(claims)}`;
  const { privateKey } = key;
  const signature = sign(
    'sha256',
    Buffer.from(text),
    key.algorithm === 'ES256' ? { key: privateKey, dsaEncoding: 'ieee-p1363' } : privateKey,
  );
  return `${text}.${signature.toString('base64url')}`;
};

export const startOidcIssuer = async (algorithm: IssuerKey['algorithm']): Promise<OidcIssuer> => {
  let key = issuerKey(algorithm);
  let fetches = 0;
  const server = createServer((request, response) => {
    if (request.url === '/keys') fetches += 1;
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    response.setHeader('content-type', 'application/json');
    response.end(
      JSON.stringify(
        request.url === '/keys' ? { keys: [key.jwk] } : { issuer: url, jwks_uri: `${url}/keys` },
      ),
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    fetches: () => fetches,
    token: (claims, options = {}) => signToken(options.key ?? key, claims, options.header),
    rotate: () => {
      key = issuerKey(algorithm);
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
