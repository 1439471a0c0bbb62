import { isInBlock, parseAddress, parseBlock } from './address-block.ts';
import { type Operator, parsedValues } from './operator.ts';

/** An address in the block (`10.0.0.0/8`, `fd00::/8`), or the address itself. */
export const ipAddress: Operator = {
  name: 'IpAddress',
  family: 'ip',
  isNegated: false,
  takesVariables: false,
  compile: parsedValues(parseBlock, parseAddress, isInBlock),
};
