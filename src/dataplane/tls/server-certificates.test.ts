import { describe, expect, test } from 'vitest';
import { aCertificate } from './sample-certificate.ts';
import { ServerCertificates } from './server-certificates.ts';

const DAY_MS = 86_400_000;

const made = () => {
  const clock = { now: 0 };
  const unusable: string[] = [];
  const certificates = new ServerCertificates({
    now: () => clock.now,
    onUnusable: (id, reason) => unusable.push(`${id}: ${reason}`),
  });
  return { certificates, clock, unusable };
};

describe('ServerCertificates', () => {
  test('prepares a certificate once, and a changed one anew', () => {
    const { certificates } = made();
    const part = aCertificate();
    const context = certificates.contextOf(part);
    expect(context).toBeDefined();
    expect(certificates.contextOf(part)).toBe(context);
    expect(certificates.contextOf(aCertificate('renewed', { id: part.id }))).not.toBe(context);
  });

  test('prepares it anew for the ticket keys of another day, or of another secret', () => {
    const { certificates, clock } = made();
    const part = aCertificate();
    const first = certificates.contextOf(part);
    clock.now = DAY_MS - 1;
    expect(certificates.contextOf(part)).toBe(first);
    clock.now = DAY_MS;
    const second = certificates.contextOf(part);
    expect(second).not.toBe(first);
    certificates.ticketSecret = Buffer.alloc(32);
    expect(certificates.contextOf(part)).not.toBe(second);
  });

  test.each([
    { name: 'a key that is none', part: { privateKeyPem: 'nonsense' } },
    { name: 'a certificate that is none', part: { certificatePem: 'nonsense' } },
    { name: 'the key of another', part: { privateKeyPem: aCertificate('bank').privateKeyPem } },
  ])('says once that $name cannot be used, and not what the key is', ({ part }) => {
    const { certificates, clock, unusable } = made();
    const certificate = aCertificate('shop', part);
    expect(certificates.contextOf(certificate)).toBeUndefined();
    clock.now = DAY_MS;
    expect(certificates.contextOf(certificate)).toBeUndefined();
    expect(unusable).toHaveLength(1);
    expect(unusable[0]).toMatch(/^arn:aws:acm:.*: /);
    expect(unusable[0]).not.toContain('nonsense');
  });
});
