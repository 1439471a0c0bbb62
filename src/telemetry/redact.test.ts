import { describe, expect, test } from 'vitest';
import { redact } from './redact.ts';

describe('redact', () => {
  const cases: readonly { name: string; fields: Record<string, unknown>; written: unknown }[] = [
    {
      name: 'keeps what is harmless',
      fields: { port: 7171, ok: true, at: new Date(0), list: ['a', 1], nothing: null },
      written: {
        port: 7171,
        ok: true,
        at: '1970-01-01T00:00:00.000Z',
        list: ['a', 1],
        nothing: null,
      },
    },
    {
      name: 'masks a secret by the name of its field, at any depth',
      fields: { key: { accessKeyId: 'AKIA1', secretAccessKey: 'hush' }, sessionToken: 'hush' },
      written: {
        key: { accessKeyId: 'AKIA1', secretAccessKey: '[redacted]' },
        sessionToken: '[redacted]',
      },
    },
    {
      name: 'masks headers that authenticate',
      fields: { headers: { host: 'x', Authorization: 'hush', 'x-amz-security-token': 'hush' } },
      written: {
        headers: { host: 'x', Authorization: '[redacted]', 'x-amz-security-token': '[redacted]' },
      },
    },
    {
      name: 'masks a signature inside a text',
      fields: {
        url: 'GET /?X-Amz-Date=1&X-Amz-Signature=abc&x=1',
        head: 'AWS4-HMAC-SHA256 Credential=a',
      },
      written: { url: 'GET /?X-Amz-Date=1&X-Amz-Signature=[redacted]&x=1', head: '[redacted]' },
    },
    {
      name: 'does not follow a structure for ever',
      fields: { a: { b: { c: { d: { e: { f: { g: 1 } } } } } } },
      written: { a: { b: { c: { d: { e: { f: '[deeper]' } } } } } },
    },
    {
      name: 'does not write bytes',
      fields: { body: Buffer.from('hush') },
      written: { body: '[4 bytes]' },
    },
  ];
  test.each(cases)('$name', ({ fields, written }) => {
    expect(redact(fields)).toEqual(written);
  });

  test('spells out an error with its code and cause, without the secrets in its text', () => {
    const cause = new Error('X-Amz-Credential=hush');
    const error = Object.assign(new Error('it broke', { cause }), { code: 'E_BROKE' });
    expect(redact({ error })['error']).toMatchObject({
      type: 'Error',
      message: 'it broke',
      code: 'E_BROKE',
      cause: { message: 'X-Amz-Credential=[redacted]' },
    });
    expect(JSON.stringify(redact({ error }))).not.toContain('hush');
  });
});
