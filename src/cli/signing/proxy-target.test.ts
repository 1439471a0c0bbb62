import { describe, expect, test } from 'vitest';
import { proxyTarget } from './proxy-target.ts';

describe('a request to the proxy is for', () => {
  const cases = [
    {
      name: 'the service in its target',
      target: 'http://svc.example/a?b=c',
      host: 'proxy:9000',
      expected: { host: 'svc.example', target: '/a?b=c' },
    },
    {
      name: 'the service in Host',
      target: '/a?b=c',
      host: 'svc.example:8080',
      expected: { host: 'svc.example:8080', target: '/a?b=c' },
    },
    {
      name: 'the root when there is no path',
      target: 'HTTP://svc.example?b',
      host: '',
      expected: { host: 'svc.example', target: '/?b' },
    },
    {
      name: 'a service whose default port is written',
      target: 'http://svc.example:80/',
      host: '',
      expected: { host: 'svc.example', target: '/' },
    },
    {
      name: 'a path that looks like a URL',
      target: '/http://other.example/',
      host: 'svc.example',
      expected: { host: 'svc.example', target: '/http://other.example/' },
    },
  ];
  test.each(cases)('$name', ({ target, host, expected }) => {
    expect(proxyTarget(target, host)).toEqual(expected);
  });

  const refusals = [
    { name: 'https', target: 'https://svc.example/', host: '', status: 501 },
    { name: 'no path', target: '*', host: 'svc.example', status: 400 },
    { name: 'no service', target: '/', host: undefined, status: 400 },
    { name: 'user information', target: 'http://a@svc.example/', host: '', status: 400 },
    { name: 'a host that is none', target: '/', host: 'a b', status: 400 },
    { name: 'the proxy itself', target: '/', host: '127.0.0.1:9000', status: 400 },
    { name: 'this machine', target: 'http://localhost:9000/', host: '', status: 400 },
  ];
  test.each(refusals)('nobody: $name', ({ target, host, status }) => {
    expect(proxyTarget(target, host)).toMatchObject({ status, problem: expect.any(String) });
  });
});
