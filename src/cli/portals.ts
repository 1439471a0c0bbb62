import type { ApiClient } from './api-client.ts';
import { CliError } from './cli-error.ts';

/** The local door into a VPC. */
export interface Portal {
  readonly vpcId: string;
  /** The VPC's Name tag. */
  readonly name?: string | undefined;
  readonly url: string;
}

const show = (portal: Portal): string =>
  portal.name === undefined ? portal.vpcId : `${portal.vpcId} (${portal.name})`;

/** The portal of a VPC named by its id or its Name tag; a name that fits two VPCs is an error. */
export const choosePortal = (portals: readonly Portal[], vpc: string): Portal => {
  const byId = portals.find((portal) => portal.vpcId === vpc);
  if (byId !== undefined) return byId;
  const byName = portals.filter((portal) => portal.name === vpc);
  if (byName.length > 1) {
    const ids = byName.map((portal) => portal.vpcId).join(', ');
    throw new CliError(`several VPCs have the name \`${vpc}\`: ${ids}; give one of the ids`);
  }
  const portal = byName[0];
  if (portal === undefined) {
    const known = portals.map(show).join(', ') || 'none; create one with: aws ec2 create-vpc';
    throw new CliError(`no VPC has the id or name \`${vpc}\`; there are: ${known}`);
  }
  return portal;
};

export const listPortals = async (client: ApiClient): Promise<readonly Portal[]> => {
  const answer = await client.call<{ items: readonly Portal[] }>('pergola', 'GET', '/portals');
  return answer.items;
};
