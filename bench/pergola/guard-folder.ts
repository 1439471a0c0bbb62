import type { Credentials } from '../../test/support/smithy-signer.ts';
import { aPolicyDocument } from '../policies.ts';
import { BulkLoad, type Call } from './bulk-load.ts';
import { type LoadedFolder, required } from './data-folder.ts';

/**
 * Gives the network of a folder and each of its services the type AWS_IAM and an auth policy of their
 * own that lets in one user, who has an identity policy.
 *
 * @returns with what the user signs
 */
export const guardFolder = async (
  { dataDir, networkId, services }: LoadedFolder,
  statements: number,
): Promise<Credentials> => {
  const load = await BulkLoad.open(dataDir);
  try {
    return await load.transaction(async (call) => {
      const { arn, credentials } = await addUser(call);
      const account = arn.split(':')[4] ?? '';
      const guard = async (resourceIdentifier: string, service: string): Promise<void> => {
        const document = aPolicyDocument({ size: statements, account, caller: arn, service });
        await call('PutAuthPolicy', { resourceIdentifier, policy: JSON.stringify(document) });
      };
      await call('UpdateServiceNetwork', {
        serviceNetworkIdentifier: networkId,
        authType: 'AWS_IAM',
      });
      await guard(networkId, 'arn:aws:vpc-lattice:*:*:service/*');
      for (const { id } of services) {
        const service = await call('UpdateService', { serviceIdentifier: id, authType: 'AWS_IAM' });
        await guard(id, required(service.arn));
      }
      return credentials;
    });
  } finally {
    await load.close();
  }
};

const addUser = async (call: Call): Promise<{ arn: string; credentials: Credentials }> => {
  const UserName = 'caller';
  const { User: user } = await call('CreateUser', { UserName });
  await call('PutUserPolicy', {
    UserName,
    PolicyName: 'invoke',
    PolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'vpc-lattice-svcs:Invoke', Resource: '*' }],
    }),
  });
  const { AccessKey: key } = await call('CreateAccessKey', { UserName });
  return {
    arn: required(user?.Arn),
    credentials: {
      accessKeyId: required(key?.AccessKeyId),
      secretAccessKey: required(key?.SecretAccessKey),
    },
  };
};
