import { ipAddress } from './ip-address.ts';
import type { Operator } from './operator.ts';

/** An address in none of the blocks. */
export const notIpAddress: Operator = { ...ipAddress, name: 'NotIpAddress', isNegated: true };
