import type { Principal } from './principal.ts';
import { principalValue } from './principal-value.ts';

/** What a session adds to its principal. */
export interface SessionFacts {
  /** Seconds since 1970. */
  readonly issuedAt: number;
  readonly sourceIdentity?: string | undefined;
  /** ARN of the identity provider whose token the session was made with. */
  readonly federatedProvider?: string | undefined;
}

export type CallerValues = ReadonlyMap<string, string | readonly string[]>;

const PRINCIPAL_KEYS = [
  'aws:principalarn',
  'aws:principalaccount',
  'aws:principaltype',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:federatedprovider',
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:userid',
  'aws:username',
];

/**
 * Values of all condition keys that depend on the caller alone ("Properties of the principal" and
 * "Properties of a role session" under "AWS global condition context keys" in AWS's IAM user guide),
 * under the keys by which policies look them up: in small letters, but for the name of a tag.
 *
 * @param session absent for a long-term key
 */
export const callerValues = (
  principal: Principal,
  session: SessionFacts | undefined,
): CallerValues => {
  const values = new Map<string, string | readonly string[]>();
  const put = (key: string, value: string | readonly string[] | undefined): void => {
    if (value !== undefined) values.set(key, value);
  };
  for (const key of PRINCIPAL_KEYS) put(key, principalValue(principal, key));
  if ('tags' in principal) {
    for (const [name, value] of principal.tags ?? []) put(`aws:principaltag/${name}`, value);
  }
  if (session !== undefined) {
    put('aws:tokenissuetime', new Date(session.issuedAt * 1000).toISOString());
    // Of temporary credentials alone, as on AWS; nobody can present a second factor here.
    put('aws:multifactorauthpresent', 'false');
    put('aws:sourceidentity', session.sourceIdentity);
    put('aws:federatedprovider', session.federatedProvider);
  }
  return values;
};
