import type { ReadTransaction } from '../../../../store/store.ts';
import type { RequestContext } from '../../../operation.ts';
import { noSuchEntity } from '../errors.ts';
import { iamRead, iamWrite, type Output } from '../iam-operation.ts';
import { userOrRoot } from './caller-user.ts';

/**
 * Credentials that users have on AWS and cannot have here: there are none, and that is the answer.
 * Terraform asks for all of them before it deletes a user with `force_destroy`.
 */
const noneOfUser = <N extends ListName>(answer: Output<N>) =>
  iamRead<ListName>(async (tx, { UserName }, context) => {
    await userOrRoot(tx, UserName, context);
    return answer;
  });

type ListName =
  | 'ListMFADevices'
  | 'ListSSHPublicKeys'
  | 'ListSigningCertificates'
  | 'ListServiceSpecificCredentials';

export const listMFADevices = noneOfUser<'ListMFADevices'>({ MFADevices: [], IsTruncated: false });

export const listVirtualMFADevices = iamRead<'ListVirtualMFADevices'>(async () => ({
  VirtualMFADevices: [],
  IsTruncated: false,
}));

export const listSSHPublicKeys = noneOfUser<'ListSSHPublicKeys'>({
  SSHPublicKeys: [],
  IsTruncated: false,
});

export const listSigningCertificates = noneOfUser<'ListSigningCertificates'>({
  Certificates: [],
  IsTruncated: false,
});

export const listServiceSpecificCredentials = noneOfUser<'ListServiceSpecificCredentials'>({
  ServiceSpecificCredentials: [],
  IsTruncated: false,
});

/** There is no console to log in to. */
const noLoginProfile = async (
  tx: ReadTransaction,
  { UserName }: { readonly UserName?: string },
  context: RequestContext,
): Promise<never> => {
  const user = await userOrRoot(tx, UserName, context);
  throw noSuchEntity(`Login Profile for User ${user?.name ?? 'root'} cannot be found.`);
};

export const getLoginProfile = iamRead<'GetLoginProfile'>(noLoginProfile);
export const deleteLoginProfile = iamWrite<'DeleteLoginProfile'>(noLoginProfile);

export const listAccountAliases = iamRead<'ListAccountAliases'>(async () => ({
  AccountAliases: [],
  IsTruncated: false,
}));
