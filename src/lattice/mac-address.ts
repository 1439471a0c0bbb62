import { createHash } from 'node:crypto';

/** An address of the locally administered range, always the same for the same text, as the id of a network interface. */
export const macAddress = (text: string): string => {
  const digits = createHash('sha256').update(text).digest('hex').slice(0, 10);
  return ['02', ...digits.match(/../g)!].join(':');
};
