import { describe, expect, test } from 'vitest';
import { allServices, coverageOf, coveragePage, type ServiceCoverage } from './coverage.ts';

const http = { method: 'POST', uri: '/', code: 200 };

const service: ServiceCoverage = {
  title: 'Things',
  model: {
    service: { serviceId: 'Things', apiVersion: '1', protocol: 'ec2', signingName: 'things' },
    operations: { Put: { http }, Get: { http }, Drop: { http } },
    otherOperations: ['Bend', 'Fold'],
    shapes: {},
  },
  registry: {
    Get: { kind: 'read', note: 'half of it' },
    Put: { kind: 'write' },
    Drop: { kind: 'notBuilt' },
  },
};

test('an operation that is not built, or not in the registry, is missing', () => {
  const expected = { built: ['Get', 'Put'], missing: ['Drop'], others: ['Bend', 'Fold'] };
  expect(coverageOf(service)).toEqual(expected);
  const { Drop: _, ...registry } = service.registry;
  expect(coverageOf({ ...service, registry })).toEqual(expected);
});

test('the page counts, lists, and says how many operations are left out', () => {
  expect(coveragePage([service])).toContain(`
| service | signing name | operations that work |
|---|---|---|
| Things | \`things\` | 2 of 5 |

## Things

API version 1, EC2 Query (XML). 2 of 5 operations work.

| operation | |
|---|---|
| Drop | **missing** |
| Get | works: half of it |
| Put | works |

2 more operations exist on AWS; here they answer that they are not built.
`);
});

test('an operation that the model lacks is refused, since no client could call it', () => {
  const registry = { ...service.registry, Burn: { kind: 'write' } } as const;
  expect(() => coverageOf({ ...service, registry })).toThrow('`Burn`');
});

describe('the registries', () => {
  test.each(allServices())('$title fits its model', (one) => {
    const { built, missing } = coverageOf(one);
    expect([...built, ...missing].sort()).toEqual(Object.keys(one.model.operations).sort());
    expect(built.length).toBeGreaterThan(0);
  });
});
