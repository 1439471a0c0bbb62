import { createHash } from 'node:crypto';

/** An address of the locally administered range, always the same for the same network interface. */
export const macAddress = (interfaceId: string): string => {
  const digits = createHash('sha256').update(interfaceId).digest('hex').slice(0, 10);
  return ['02', ...digits.match(/../g)!].join(':');
};
