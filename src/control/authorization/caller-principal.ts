import type { Principal } from '../../policy/principal.ts';
import { isRoot } from '../caller-policies.ts';
import type { Caller } from '../operation.ts';

/** A caller of the API as policies see it. */
export const callerPrincipal = (caller: Caller): Principal => {
  const { accountId, principalArn: arn, session } = caller;
  if (session?.roleArn !== undefined) {
    return { kind: 'roleSession', arn, roleArn: session.roleArn, accountId };
  }
  return { kind: isRoot(caller) ? 'root' : 'user', arn, accountId };
};
