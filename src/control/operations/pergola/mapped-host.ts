import { cidrContains, parseAddress } from '../../../lattice/cidr.ts';
import { isHostName } from '../../../lattice/host-name.ts';
import type { ReadTransaction } from '../../../store/store.ts';
import { isOperator } from '../../accounts.ts';
import { accessDenied, invalidField } from '../../errors.ts';
import type { Caller } from '../../operation.ts';

/**
 * Where clouds answer with the credentials of the machine: link-local addresses, and the one that
 * EC2 has for that in IPv6 (EC2 user guide, "Use the IMDS").
 */
const OF_THE_MACHINE = [
  '169.254.0.0/16',
  '::ffff:169.254.0.0/112',
  'fe80::/10',
  'fd00:ec2::254/128',
];

/**
 * The host that an address shall stand for, as it was given.
 *
 * @throws ValidationException for what is neither an IP address nor a host's name,
 * AccessDeniedException for an address of the machine itself, but not to the operator
 */
export const mappedHost = async (
  tx: ReadTransaction,
  host: string,
  caller: Caller,
): Promise<string> => {
  if (parseAddress(host) === undefined) {
    if (isHostName(host)) return host;
    throw invalidField('host', `\`${host}\` is neither an IP address nor the name of a host`);
  }
  const isOfTheMachine = OF_THE_MACHINE.some((block) => cidrContains(block, host));
  if (isOfTheMachine && !(await isOperator(tx, caller.accountId))) {
    throw accessDenied(
      `\`${host}\` is link-local: only the first account may map an address to it`,
    );
  }
  return host;
};
