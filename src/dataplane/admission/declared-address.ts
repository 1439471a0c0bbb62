import { formatAddress } from '../../lattice/cidr.ts';
import type { VpcPart } from '../../snapshot/parts.ts';
import type { Admission } from './admission.ts';

/** Where in its VPC a client says that it is. */
export type Declaration =
  /** As in RFC 5952; undefined: it says nothing. */
  { readonly address: string | undefined } | { readonly problem: string };

/**
 * Reads who a client of a portal says that it is: the user name of its proxy, which every client that
 * can use a proxy can give (`http://10.0.1.7@127.0.0.1:7180`, Basic of RFC 7617). An address of the
 * VPC, or the id of an instance or network interface in it; any password. Credentials of other schemes say nothing.
 *
 * @param credentials value of Proxy-Authorization; may be empty
 */
export const readDeclaredAddress = (
  credentials: string,
  vpc: VpcPart,
  admission: Pick<Admission, 'findAddresses'>,
): Declaration => {
  const encoded = /^basic +([a-z0-9+/_-]*=*)$/i.exec(credentials)?.[1];
  if (encoded === undefined) return NOTHING;
  const text = Buffer.from(encoded, 'base64').toString('latin1');
  // Behind the last colon is the password: colons before it are those of an IPv6 address.
  const user = text.slice(0, Math.max(text.lastIndexOf(':'), 0)).replace(/^\[(.*)\]$/, '$1');
  if (user === '') return NOTHING;
  // A connection has one address: the interface's first, as it comes from there unless it is bound to another.
  const [address] = admission.findAddresses(vpc, user);
  return address === undefined ? notInVpc(vpc) : { address: formatAddress(address) };
};

const NOTHING: Declaration = { address: undefined };

/** The name itself may be somebody's credentials for another proxy, so it is not repeated. */
const notInVpc = ({ id, cidrs }: VpcPart): Declaration => ({
  problem: `the proxy user is no address of ${id}: give one of ${cidrs.join(' or ')}, the id of an instance or network interface there, or none`,
});
