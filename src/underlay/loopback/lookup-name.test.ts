import type { LookupAddress } from 'node:dns';
import { describe, expect, test } from 'vitest';
import { lookupName } from './lookup-name.ts';

const asked = (addresses: readonly string[], options: { all?: boolean }) =>
  new Promise((resolve, reject) => {
    const found = addresses.map(
      (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
    );
    const lookup = lookupName((_name, _options, callback) => callback(null, found));
    lookup('target.example', options, (error, address, family) => {
      if (error) reject(error);
      else
        resolve(
          options.all ? (address as LookupAddress[]).map((a) => a.address) : [address, family],
        );
    });
  });

describe('a name of a target', () => {
  test('gives all its addresses but those of the machine itself', async () => {
    const addresses = ['169.254.169.254', '10.0.0.7', 'fe80::1', 'fd00:ec2::254', 'fd00::7'];
    expect(await asked(addresses, { all: true })).toEqual(['10.0.0.7', 'fd00::7']);
    expect(await asked(addresses, {})).toEqual(['10.0.0.7', 4]);
  });

  test.each(['169.254.169.254', 'fe80::1', 'febf::1', '::ffff:169.254.169.254', 'fd00:ec2::254'])(
    'leads nowhere when it is a name of %s only',
    async (address) => {
      for (const options of [{ all: true }, {}]) {
        await expect(asked([address], options)).rejects.toMatchObject({
          code: 'EACCES',
          message: '`target.example` is a name of link-local addresses only',
        });
      }
    },
  );

  test('that cannot be resolved says why', async () => {
    const failure = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
    const lookup = lookupName((_name, _options, callback) => callback(failure, []));
    const error = await new Promise((resolve) => {
      lookup('nowhere.example', { all: true }, resolve);
    });
    expect(error).toBe(failure);
  });
});
