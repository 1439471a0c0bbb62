import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import { BlockList, type LookupFunction } from 'node:net';

/** Resolves a name to all its addresses, as `dns.lookup` does. */
export type LookupAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Where clouds answer with the credentials of the machine (link-local, and EC2's IPv6 address for
 * it). An IPv4-mapped address is checked as the IPv4 address that it is.
 */
const ofTheMachine = new BlockList();
ofTheMachine.addSubnet('169.254.0.0', 16, 'ipv4');
ofTheMachine.addSubnet('fe80::', 10, 'ipv6');
ofTheMachine.addAddress('fd00:ec2::254', 'ipv6');

/**
 * Resolves names for connections to targets, and leaves such addresses out: a mapping to one of
 * them is for the operator, and whoever holds a name can point it there later.
 */
export const lookupName =
  (resolve: LookupAll = lookup): LookupFunction =>
  (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, '');
        return;
      }
      const allowed = addresses.filter(
        ({ address, family }) => !ofTheMachine.check(address, family === 6 ? 'ipv6' : 'ipv4'),
      );
      const [first] = allowed;
      if (first === undefined) {
        const refused: NodeJS.ErrnoException = new Error(
          `\`${hostname}\` is a name of link-local addresses only`,
        );
        // Not as if this machine had no address left: it is not allowed.
        refused.code = 'EACCES';
        callback(refused, '');
      } else if (options.all === true) {
        callback(null, allowed);
      } else {
        callback(null, first.address, first.family);
      }
    });
  };
