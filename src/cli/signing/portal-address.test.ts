import { expect, test } from 'vitest';
import { portalAddress, portalCredentials } from './portal-address.ts';

test.each([
  { url: 'http://127.0.0.1:7180', user: undefined },
  { url: 'http://10.0.1.7:vpc@127.0.0.1:7180', user: '10.0.1.7:vpc' },
  { url: 'http://fd80%3A%3A7:vpc@127.0.0.1:7180', user: 'fd80::7:vpc' },
])('of $url come address and credentials', ({ url, user }) => {
  expect(portalAddress(url)).toEqual({ host: '127.0.0.1', port: '7180' });
  expect(portalCredentials(url)).toEqual(
    user === undefined ? [] : ['proxy-authorization', `Basic ${btoa(user)}`],
  );
});
