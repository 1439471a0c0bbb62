import { parseArn } from '../../../lattice/arn.ts';
import { oidcProviderArn } from '../../../lattice/iam-arn.ts';
import { assertMayAssumeFederated } from '../../authorization/assert-may-assume.ts';
import { checkIdentityToken } from '../../web-identity/check-identity-token.ts';
import { invalidIdentityToken } from '../../web-identity/errors.ts';
import { decodeJsonWebToken } from '../../web-identity/json-web-token.ts';
import { withoutScheme } from '../iam/oidc-providers/provider-url.ts';
import { actionsFor, sessionConditions, startRoleSession } from './role-session.ts';
import { sessionDuration } from './session-duration.ts';
import { sessionPolicies } from './session-policies.ts';
import { sessionTags } from './session-tags.ts';
import { stsStaged, validationError } from './sts-operation.ts';

/** Called without a signature: the token is what vouches for the caller. */
export const assumeRoleWithWebIdentity = stsStaged<'AssumeRoleWithWebIdentity'>(
  async (store, input, context) => {
    const { settings, now } = context;
    const roleArn = input.RoleArn;
    const accountId = parseArn(roleArn)?.accountId;
    if (!accountId) throw validationError('Request ARN is invalid');
    if (input.ProviderId !== undefined) {
      throw validationError('ProviderId is for OAuth 2.0 access tokens, which are not accepted');
    }
    const token = decodeJsonWebToken(input.WebIdentityToken);
    const issuer = withoutScheme(token.issuer).replace(/\/+$/, '');
    const arn = oidcProviderArn(settings.partition, accountId, issuer);
    const provider = await store.read((tx) => tx.get('oidcProvider', arn));
    if (!provider || provider.url !== token.issuer.replace(/\/+$/, '')) {
      throw invalidIdentityToken(
        `No OpenIDConnect provider found in your account for ${token.issuer.slice(0, 255)}`,
      );
    }
    if (!context.issuerKeys) throw new Error('there are no keys of issuers to check tokens with');
    const key = await context.issuerKeys.find(provider.url, token.header);
    const identity = checkIdentityToken(token, key, provider.clientIds, now);

    const tags = sessionTags(identity.tags, undefined);
    const { subject, audience, sourceIdentity } = identity;
    const name = input.RoleSessionName;
    const keys = {
      ...sessionConditions(name, tags, sourceIdentity),
      [`${issuer}:sub`]: subject,
      [`${issuer}:aud`]: audience,
    };
    const actions = actionsFor('sts:AssumeRoleWithWebIdentity', tags, sourceIdentity);
    const { value } = await store.write(async (tx) => {
      const role = await assertMayAssumeFederated(tx, arn, { roleArn, actions, keys }, context);
      const durationSeconds = sessionDuration(role, input.DurationSeconds, false);
      const policies = await sessionPolicies(tx, input, role.accountId);
      const webIdentity = { provider: arn, issuer, subject, audience };
      return startRoleSession(
        tx,
        role,
        { name, durationSeconds, policies, tags, sourceIdentity, webIdentity },
        context,
      );
    });
    return {
      ...value,
      SubjectFromWebIdentityToken: subject,
      Audience: audience,
      Provider: arn,
    };
  },
);
