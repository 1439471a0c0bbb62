import type { ApiClient } from './api-client.ts';
import { CliError } from './cli-error.ts';
import { printable, printableValues } from './printable.ts';

/** A VPC, and the local door into it. */
export interface Portal {
  readonly vpcId: string;
  /** The VPC's Name tag. */
  readonly name?: string | undefined;
  /** Service networks that it leads into; none while the VPC has no association. */
  readonly networks: readonly { readonly id: string }[];
  /** Absent: this machine's programs have no way in. */
  readonly url?: string | undefined;
  /** Where the VPC's names are resolved, as `ADDRESS:PORT` of this machine, if anywhere. */
  readonly resolver?: string | undefined;
}

const show = (portal: Portal): string => {
  const { vpcId, name } = printableValues(portal);
  return name === undefined ? vpcId : `${vpcId} (${name})`;
};

/**
 * The portal of a VPC named by its id or its Name tag; a name that fits two VPCs is an error, and so
 * is no name where there are several VPCs.
 */
export const choosePortal = (portals: readonly Portal[], vpc: string | undefined): Portal => {
  if (vpc === undefined) {
    const [only, ...others] = portals;
    if (only !== undefined && others.length === 0) return only;
    throw new CliError(
      only === undefined
        ? 'there is no VPC yet; create one with: aws ec2 create-vpc --cidr-block 10.0.0.0/16'
        : `which VPC? give one of these to --vpc: ${portals.map(show).join(', ')}`,
    );
  }
  const byId = portals.find((portal) => portal.vpcId === vpc);
  if (byId !== undefined) return byId;
  const byName = portals.filter((portal) => portal.name === vpc);
  if (byName.length > 1) {
    const ids = byName.map((portal) => printable(portal.vpcId)).join(', ');
    throw new CliError(`several VPCs have the name \`${vpc}\`: ${ids}; give one of the ids`);
  }
  const portal = byName[0];
  if (portal === undefined) {
    const known =
      portals.map(show).join(', ') ||
      'none; create one with: aws ec2 create-vpc --cidr-block 10.0.0.0/16';
    throw new CliError(`no VPC has the id or name \`${vpc}\`; there are: ${known}`);
  }
  return portal;
};

/** @throws CliError when there is no portal */
export const portalUrlOf = ({ vpcId, url }: Portal): string => {
  if (url !== undefined) return url;
  throw new CliError(
    `VPC ${printable(vpcId)} has no portal: with --underlay netns it is entered by \`sudo pergola exec --vpc ${printable(vpcId)} -- COMMAND\`; start pergola with --portals as well to let in every program of this machine`,
  );
};

export const listPortals = async (client: ApiClient): Promise<readonly Portal[]> => {
  const answer = await client.call<{ items: readonly Portal[] }>('pergola', 'GET', '/portals');
  return answer.items;
};

/**
 * A warning for a VPC that is in no service network: nothing answers there, whatever services there
 * are, which is easily forgotten and hard to see from a client.
 */
export const networkWarning = ({ vpcId, networks }: Portal): string | undefined =>
  networks.length > 0
    ? undefined
    : `pergola: warning: VPC ${printable(vpcId)} is in no service network, so no service answers in it; put it into one with: aws vpc-lattice create-service-network-vpc-association --vpc-identifier ${printable(vpcId)} --service-network-identifier NETWORK\n`;
