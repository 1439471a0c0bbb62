import { createHash } from 'node:crypto';

/** An address of the locally administered range, always the same for the same text. */
export const macAddress = (text: string): string => {
  const digits = createHash('sha256').update(text).digest('hex').slice(0, 10);
  return ['02', ...digits.match(/../g)!].join(':');
};

/**
 * Of a network interface with this first address. What comes to an address after another has it too: nobody has to
 * forget what was there before, which takes neighbours half a minute.
 */
export const interfaceMacAddress = (vpcId: string, address: string | undefined): string =>
  macAddress(`${vpcId} ${address}`);
