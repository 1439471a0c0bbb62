import { type ApiClient, ApiError } from '../../src/cli/api-client.ts';
import { xmlText } from '../../src/cli/xml-text.ts';

/** The few calls of the IAM and STS APIs that the storefront is built with. */

export interface Role {
  readonly name: string;
  readonly arn: string;
}

/** With it a role may call services, as far as their policies let it (AWS's managed policy). */
const MAY_INVOKE = 'arn:aws:iam::aws:policy/VPCLatticeServicesInvokeAccess';

/** A role that everybody of this account may assume and that may call services; what is there stays. */
export const findOrCreateCallerRole = async (client: ApiClient, name: string): Promise<Role> => {
  const arn = (await findRole(client, name)) ?? (await createRole(client, name));
  await client.query('iam', 'AttachRolePolicy', { RoleName: name, PolicyArn: MAY_INVOKE });
  return { name, arn };
};

const findRole = async (client: ApiClient, name: string): Promise<string | undefined> => {
  try {
    return xmlText(await client.query('iam', 'GetRole', { RoleName: name }), 'Arn');
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
};

const createRole = async (client: ApiClient, name: string): Promise<string> => {
  const accountId = xmlText(await client.query('sts', 'GetCallerIdentity'), 'Account');
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' }],
  };
  const arn = xmlText(
    await client.query('iam', 'CreateRole', {
      RoleName: name,
      Description: 'A caller of the storefront example',
      AssumeRolePolicyDocument: JSON.stringify(trust),
    }),
    'Arn',
  );
  if (arn === undefined) throw new Error('CreateRole answered no Arn');
  return arn;
};

export const deleteCallerRole = async (client: ApiClient, name: string): Promise<void> => {
  await client.query('iam', 'DetachRolePolicy', { RoleName: name, PolicyArn: MAY_INVOKE });
  await client.query('iam', 'DeleteRole', { RoleName: name });
};
