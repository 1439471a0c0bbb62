import { expect, test } from 'vitest';
import { ACCOUNT, NOW } from '../operations/vpc-lattice/lattice-fixture.ts';
import { openWorld } from './authorization-fixture.ts';
import { policyText, type TestCaller } from './caller-fixture.ts';

const ADA = `arn:aws:iam::${ACCOUNT}:user/team/ada`;
const DEPLOY = `arn:aws:iam::${ACCOUNT}:role/deploy`;
const NONE = 'because no identity-based policy allows the vpc-lattice:GetService action';

interface Case extends TestCaller {
  readonly name: string;
  readonly principal: unknown;
  readonly action?: string;
  /** The service is another account's. */
  readonly isForeign?: true;
  /** How the refusal ends; absent: allowed. */
  readonly refused?: string;
}

const any = [{ Action: '*' }];
const other = [{ Action: 'ec2:*' }];

const CASES: readonly Case[] = [
  { name: 'names the user', principal: { AWS: ADA } },
  {
    name: 'of another account names the user',
    principal: { AWS: ADA },
    isForeign: true,
    refused: NONE,
  },
  { name: 'names another user', principal: { AWS: `${ADA}m` }, refused: NONE },
  { name: 'names the account', principal: { AWS: ACCOUNT }, refused: NONE },
  { name: 'names everybody', principal: '*', refused: NONE },
  {
    name: 'names the user for another action',
    principal: { AWS: ADA },
    action: 'vpc-lattice:ListServiceNetworkServiceAssociations',
    refused: NONE,
  },
  { name: 'names a user whose boundary is silent', principal: { AWS: ADA }, boundary: other },
  {
    name: 'names a user whose own policy denies',
    principal: { AWS: ADA },
    identity: [{ Effect: 'Deny', Action: '*' }],
    refused: 'with an explicit deny in an identity-based policy',
  },
  {
    name: 'names a user whom the organisation does not allow it',
    principal: { AWS: ADA },
    identity: any,
    organization: [other],
    refused: 'because no service control policy allows the vpc-lattice:GetService action',
  },
  { name: 'names the role of a session', principal: { AWS: DEPLOY }, as: 'role' },
  {
    name: 'names the role of a session whose boundary is silent',
    principal: { AWS: DEPLOY },
    as: 'role',
    boundary: other,
    refused: NONE,
  },
  {
    name: 'names the role of a session whose session policy is silent',
    principal: { AWS: DEPLOY },
    session: other,
    refused: NONE,
  },
  {
    name: 'names the role of a session whose session policy allows it',
    principal: { AWS: DEPLOY },
    session: any,
  },
];

test.each(CASES)('a policy of a service: one that $name', async (given) => {
  const {
    name: _,
    principal,
    action = 'vpc-lattice:GetService',
    refused,
    isForeign,
    ...who
  } = given;
  const world = await openWorld();
  const service = isForeign ? world.names.foreign : world.names.service;
  await world.store.write((tx) =>
    tx.insert('resourcePolicy', {
      id: service,
      accountId: ACCOUNT,
      policy: policyText([{ Principal: principal, Action: action }]),
      createdAt: NOW.toISOString(),
      lastUpdatedAt: NOW.toISOString(),
    }),
  );
  const answer = await world.ask(who, {
    service: 'vpc-lattice',
    operation: 'GetService',
    input: { serviceIdentifier: service },
  });
  if (refused === undefined) expect(answer).toBe('allowed');
  else expect(answer.endsWith(` on resource: ${service} ${refused}`)).toBe(true);
});
