import { expect, test } from 'vitest';
import { canonicalAddress } from './address.ts';

const cases = [
  ['10.0.0.1', '10.0.0.1'],
  ['FD00:0:0::1', 'fd00::1'],
  ['fd00:0000:0000:0000:0000:0000:0000:0001', 'fd00::1'],
  ['i-0ABC', 'i-0abc'],
  ['arn:aws:elasticloadbalancing:X', 'arn:aws:elasticloadbalancing:x'],
  ['fe80::1%eth0', 'fe80::1%eth0'],
];
for (const [text, canonical] of cases) {
  test(`\`${text}\` is \`${canonical}\``, () => {
    expect(canonicalAddress(text!)).toBe(canonical);
  });
}
