import { describe, expect, test } from 'vitest';
import { proxyTarget } from './proxy-target.ts';

describe('a request to the proxy is for', () => {
  const cases = [
    {
      name: 'the service in its target',
      target: 'http://svc.example/a?b=c',
      host: 'proxy:9000',
      expected: { scheme: 'http', host: 'svc.example', target: '/a?b=c' },
    },
    {
      name: 'the service in Host',
      target: '/a?b=c',
      host: 'svc.example:8080',
      expected: { scheme: 'http', host: 'svc.example:8080', target: '/a?b=c' },
    },
    {
      name: 'the root when there is no path',
      target: 'HTTP://svc.example?b',
      host: '',
      expected: { scheme: 'http', host: 'svc.example', target: '/?b' },
    },
    {
      name: 'a service whose default port is written',
      target: 'http://svc.example:80/',
      host: '',
      expected: { scheme: 'http', host: 'svc.example', target: '/' },
    },
    {
      name: 'a path that looks like a URL',
      target: '/http://other.example/',
      host: 'svc.example',
      expected: { scheme: 'http', host: 'svc.example', target: '/http://other.example/' },
    },
  ];
  test.each(cases)('$name', ({ target, host, expected }) => {
    expect(proxyTarget(target, host)).toEqual(expected);
  });

  const overTls = [
    {
      name: 'told to, without the port of http',
      target: 'http://svc.example:80/',
      to: 'https',
      expected: 'svc.example',
    },
    {
      name: 'told to, without the port of https',
      target: 'http://svc.example:443/',
      to: 'https',
      expected: 'svc.example',
    },
    {
      name: 'told to, on another port',
      target: 'http://svc.example:8443/',
      to: 'https',
      expected: 'svc.example:8443',
    },
    {
      name: 'the URL says so',
      target: 'HTTPS://svc.example:443/',
      to: 'http',
      expected: 'svc.example',
    },
    {
      name: 'the URL says so, on the port of http',
      target: 'https://svc.example:80/',
      to: 'https',
      expected: 'svc.example:80',
    },
  ] as const;
  test.each(overTls)('a service over TLS: $name', ({ target, to, expected }) => {
    expect(proxyTarget(target, undefined, to)).toEqual({
      scheme: 'https',
      host: expected,
      target: '/',
    });
  });

  const refusals = [
    { name: 'another scheme', target: 'ftp://svc.example/', host: '', status: 501 },
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
