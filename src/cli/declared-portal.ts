import { isIP } from 'node:net';
import { usageError } from './cli-error.ts';

/** Nobody asks for it, but some clients send no user without a password. */
const ANY_PASSWORD = 'vpc';

/**
 * The URL of a portal for a client that says where in the VPC it is, as the user name of its proxy:
 * `http://10.0.1.7:vpc@127.0.0.1:7180`.
 *
 * @param address of the VPC, or the id of an instance or network interface in it; absent: somewhere
 * @throws CliError of what can be neither
 */
export const declaredPortal = (portalUrl: string, address: string | undefined): string => {
  if (address === undefined) return portalUrl;
  if (isIP(address) === 0 && !/^(?:eni|i)-/.test(address)) {
    throw usageError(
      `bad address \`${address}\`; give one of the VPC, or the id of an instance or network interface in it`,
    );
  }
  return portalUrl.replace('://', `://${encodeURIComponent(address)}:${ANY_PASSWORD}@`);
};
