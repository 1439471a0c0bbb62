import { expect, test } from 'vitest';
import { type CallerPolicies, callerLayers } from './caller-layers.ts';

test.each<{ name: string; policies: CallerPolicies<string>; layers: readonly string[] }>([
  {
    name: 'all kinds, in the order in which refusals are reported',
    policies: {
      session: ['e'],
      boundary: ['d'],
      identity: ['b', 'c'],
      serviceControl: [['root'], ['unit']],
    },
    layers: [
      'service control policy: root',
      'service control policy: unit',
      'identity-based policy: b,c',
      'permissions boundary: d',
      'session policy: e',
    ],
  },
  {
    name: 'what is there and empty is a layer, which allows nothing',
    policies: { serviceControl: [[]], identity: [], boundary: [], session: [] },
    layers: [
      'service control policy: ',
      'identity-based policy: ',
      'permissions boundary: ',
      'session policy: ',
    ],
  },
  { name: 'the root of an account', policies: { serviceControl: [] }, layers: [] },
])('$name', ({ policies, layers }) => {
  expect(callerLayers(policies, (name, those) => `${name}: ${those}`)).toEqual(layers);
});
