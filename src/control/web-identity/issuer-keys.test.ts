import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createIssuerKeys } from './issuer-keys.ts';

const ISSUER = 'https://oidc.example.com/id';
const jwk = (kid: string, bits = 2048, more: object = {}) => ({
  ...generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' }),
  kid,
  ...more,
});
const GOOD = jwk('good');
const RS256 = (keyId?: string) => ({ algorithm: 'RS256', keyId }) as const;

/** An issuer that publishes `keys`, with a clock of its own. */
const setUp = (keys: unknown, document: object = {}) => {
  const asked: string[] = [];
  const state = { keys, now: 1_000_000, isDown: false };
  const issuerKeys = createIssuerKeys({
    settings: { allowHttpLoopback: false, keys: {} },
    now: () => new Date(state.now),
    fetch: async (url) => {
      asked.push(url);
      if (state.isDown) throw new Error('secret detail of the network');
      return url.endsWith('/openid-configuration')
        ? { issuer: ISSUER, jwks_uri: `${ISSUER}/keys`, ...document }
        : { keys: state.keys };
    },
  });
  return { asked, state, find: (keyId?: string) => issuerKeys.find(ISSUER, RS256(keyId)) };
};

describe('keys of an issuer', () => {
  test('are found where its configuration says, and kept for an hour', async () => {
    const { asked, state, find } = setUp([GOOD]);
    await find('good');
    await find('good');
    expect(asked).toEqual([`${ISSUER}/.well-known/openid-configuration`, `${ISSUER}/keys`]);
    state.now += 3_600_001;
    await find('good');
    expect(asked).toHaveLength(4);
  });

  test('are asked for again when a token names a new one, but not at once', async () => {
    const { asked, state, find } = setUp([GOOD]);
    await find('good');
    state.keys = [jwk('new')];
    await expect(find('new')).rejects.toMatchObject({ code: 'InvalidIdentityToken' });
    expect(asked).toHaveLength(2);
    state.now += 30_001;
    await find('new');
    expect(asked).toHaveLength(4);
  });

  test('that cannot be fetched are asked for again after half a minute, and no detail is told', async () => {
    const { asked, state, find } = setUp([GOOD]);
    state.isDown = true;
    for (const _ of [1, 2, 3]) {
      const error = await find('good').catch((thrown: Error) => thrown);
      expect(error).toMatchObject({ code: 'IDPCommunicationError' });
      expect(String(error)).not.toContain('secret detail');
    }
    expect(asked).toHaveLength(1);
    state.isDown = false;
    state.now += 30_001;
    await find('good');
  });

  test('need no name when there is but one', async () => {
    await setUp([GOOD]).find();
    await expect(setUp([GOOD, jwk('other')]).find()).rejects.toThrow('verification key');
  });

  test.each([
    { name: 'too short', keys: [jwk('k', 1024)] },
    { name: 'for encryption', keys: [{ ...GOOD, kid: 'k', use: 'enc' }] },
    { name: 'for another algorithm', keys: [{ ...GOOD, kid: 'k', alg: 'PS256' }] },
    {
      name: 'broken',
      keys: [{ kty: 'RSA', kid: 'k', n: 'x' }, null, 'k', { kty: 'oct', kid: 'k', k: 'AA' }],
    },
    { name: 'no list', keys: 'k' },
  ])('that are $name are passed over', async ({ keys }) => {
    await expect(setUp(keys).find('k')).rejects.toThrow('verification key');
  });

  test.each([
    { name: 'says that it is another', document: { issuer: 'https://other.example.com' } },
    { name: 'keeps its keys without TLS', document: { jwks_uri: 'http://oidc.example.com/keys' } },
    { name: 'keeps its keys on this machine', document: { jwks_uri: 'http://127.0.0.1/keys' } },
    { name: 'keeps its keys in a file', document: { jwks_uri: 'file:///etc/passwd' } },
  ])('of an issuer that $name are not taken', async ({ document }) => {
    await expect(setUp([GOOD], document).find('good')).rejects.toMatchObject({
      code: 'IDPCommunicationError',
    });
  });
});
