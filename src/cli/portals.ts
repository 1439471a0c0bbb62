import type { ApiClient } from './api-client.ts';
import { CliError } from './cli-error.ts';
import { printable, printableValues } from './printable.ts';

/** The local door into a VPC. */
export interface Portal {
  readonly vpcId: string;
  /** The VPC's Name tag. */
  readonly name?: string | undefined;
  /** Service networks that it leads into; none while the VPC has no association. */
  readonly networks: readonly { readonly id: string }[];
  readonly url: string;
}

const show = (portal: Portal): string => {
  const { vpcId, name } = printableValues(portal);
  return name === undefined ? vpcId : `${vpcId} (${name})`;
};

/** The portal of a VPC named by its id or its Name tag; a name that fits two VPCs is an error. */
export const choosePortal = (portals: readonly Portal[], vpc: string): Portal => {
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

export const listPortals = async (client: ApiClient): Promise<readonly Portal[]> => {
  const answer = await client.call<{ items: readonly Portal[] }>('pergola', 'GET', '/portals');
  return answer.items;
};
