/** ARNs of IAM have no region. `path` begins and ends with a slash. */
const iamArn =
  (type: string) =>
  (partition: string, accountId: string, path: string, name: string): string =>
    `arn:${partition}:iam::${accountId}:${type}${path}${name}`;

export const userArn = iamArn('user');
export const groupArn = iamArn('group');
export const roleArn = iamArn('role');
export const managedPolicyArn = iamArn('policy');

/** `arn:aws:iam::ACCOUNT:root` */
export const rootArn = (accountId: string, partition = 'aws'): string =>
  `arn:${partition}:iam::${accountId}:root`;

/** `issuer` without its scheme: `token.example.com/cluster`. */
export const oidcProviderArn = (partition: string, accountId: string, issuer: string): string =>
  `arn:${partition}:iam::${accountId}:oidc-provider/${issuer}`;

/** The principal of a role's session; the path of the role is not in it. */
export const assumedRoleArn = (
  partition: string,
  accountId: string,
  roleName: string,
  sessionName: string,
): string => `arn:${partition}:sts::${accountId}:assumed-role/${roleName}/${sessionName}`;
