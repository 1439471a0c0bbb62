import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadModel } from './load-model.ts';
import { protocolFor } from './protocol.ts';
import { aRequest, jsonBody, refusal } from './sample-request.ts';
import { ServiceError } from './service-error.ts';
import { protocolLimits } from './wire.ts';

const lattice = protocolFor(loadModel('vpc-lattice'));

const serviceId = 'svc-0123456789abcdef0';
const listenerId = 'listener-0123456789abcdef0';
const targetGroupId = 'tg-0123456789abcdef0';

const createRule = (body: unknown) =>
  aRequest({
    rawPath: `/services/${serviceId}/listeners/${listenerId}/rules`,
    body: JSON.stringify(body),
  });

const aRule = {
  name: 'checkout',
  priority: 10,
  match: { httpMatch: { pathMatch: { match: { prefix: '/checkout' }, caseSensitive: true } } },
  action: { forward: { targetGroups: [{ targetGroupIdentifier: targetGroupId, weight: 90 }] } },
};

describe('reading requests', () => {
  test('a path label that is an ARN is one segment, decoded once', () => {
    const arn = `arn:aws:vpc-lattice:us-west-2:123456789012:service/${serviceId}`;
    expect(
      lattice.parse(aRequest({ method: 'GET', rawPath: `/services/${encodeURIComponent(arn)}` })),
    ).toEqual({ operation: 'GetService', input: { serviceIdentifier: arn } });
  });

  test('a nested body keeps its form, with the path labels beside it', () => {
    expect(lattice.parse(createRule(aRule))).toEqual({
      operation: 'CreateRule',
      input: { ...aRule, serviceIdentifier: serviceId, listenerIdentifier: listenerId },
    });
  });

  test('ListTargets takes its filter from the body and its page from the query', () => {
    expect(
      lattice.parse(
        aRequest({
          rawPath: `/targetgroups/${targetGroupId}/listtargets`,
          query: 'maxResults=5&nextToken=a%20b%2Bc',
          body: '{"targets":[{"id":"10.0.0.1"}]}',
        }),
      ),
    ).toEqual({
      operation: 'ListTargets',
      input: {
        targetGroupIdentifier: targetGroupId,
        targets: [{ id: '10.0.0.1' }],
        maxResults: 5,
        nextToken: 'a b+c',
      },
    });
  });

  test('a list in the query repeats its name', () => {
    const arn = `arn:aws:vpc-lattice:us-west-2:123456789012:service/${serviceId}`;
    expect(
      lattice.parse(
        aRequest({
          method: 'DELETE',
          rawPath: `/tags/${encodeURIComponent(arn)}`,
          query: 'tagKeys=a&tagKeys=app%2Fname',
        }),
      ),
    ).toEqual({
      operation: 'UntagResource',
      input: { resourceArn: arn, tagKeys: ['a', 'app/name'] },
    });
  });

  const absences: readonly { name: string; body: string; input: unknown }[] = [
    {
      name: 'unknown members are ignored',
      body: '{"name":"shop","colour":"green","nested":{"a":[1]}}',
      input: { name: 'shop' },
    },
    { name: 'null is absent', body: '{"name":"shop","authType":null}', input: { name: 'shop' } },
    {
      name: 'an empty string for an optional member is absent',
      body: '{"name":"shop","authType":"","customDomainName":"","certificateArn":""}',
      input: { name: 'shop' },
    },
    {
      name: 'an empty tag value is a value',
      body: '{"name":"shop","tags":{"owner":""}}',
      input: { name: 'shop', tags: { owner: '' } },
    },
  ];
  test.each(absences)('$name', ({ body, input }) => {
    expect(lattice.parse(aRequest({ rawPath: '/services', body })).input).toEqual(input);
  });

  test('a method of "" in a rule match, as Terraform sends it, is absent', () => {
    const { input } = lattice.parse(
      createRule({
        ...aRule,
        match: { httpMatch: { method: '', headerMatches: [{ name: 'a', match: { exact: 'b' } }] } },
      }),
    );
    expect(input).toMatchObject({ match: { httpMatch: { headerMatches: [{ name: 'a' }] } } });
    expect(JSON.stringify(input)).not.toContain('"method"');
  });

  test('an empty certificateArn of UpdateService is kept, since it takes the certificate away', () => {
    const request = aRequest({
      method: 'PATCH',
      rawPath: `/services/${serviceId}`,
      body: '{"certificateArn":""}',
    });
    expect(lattice.parse(request).input).toEqual({
      serviceIdentifier: serviceId,
      certificateArn: '',
    });
  });

  test('a tag called __proto__ is a tag, not a prototype', () => {
    const { input } = lattice.parse(
      aRequest({ rawPath: '/services', body: '{"name":"shop","tags":{"__proto__":"x"}}' }),
    );
    const { tags } = input as { tags: Record<string, string> };
    expect(Object.entries(tags)).toEqual([['__proto__', 'x']]);
    expect(Object.getPrototypeOf(tags)).toBe(Object.prototype);
  });

  test('an operation without body members does not read the body', () => {
    const request = aRequest({ method: 'DELETE', rawPath: `/services/${serviceId}`, body: '{{{' });
    expect(lattice.parse(request).operation).toBe('DeleteService');
  });
});

describe('refusals', () => {
  test.each([
    { name: 'an unknown path', method: 'GET', rawPath: '/nothing' },
    { name: 'a known path with another method', method: 'PUT', rawPath: '/services' },
    { name: 'an empty label', method: 'GET', rawPath: '/services/' },
    { name: 'a doubled slash', method: 'GET', rawPath: `//services/${serviceId}` },
    { name: 'an escaped literal', method: 'GET', rawPath: '/%73ervices' },
    { name: 'no path', method: 'GET', rawPath: '*' },
  ])('$name is an unknown operation', ({ method, rawPath }) => {
    const error = refusal(() => lattice.parse(aRequest({ method, rawPath })));
    expect(error).toMatchObject({
      code: 'UnknownOperationException',
      statusCode: 404,
      members: { reason: 'unknownOperation' },
    });
  });

  const unreadable: readonly { name: string; body: string | Buffer; says: string }[] = [
    { name: 'broken JSON', body: '{"name": ', says: 'valid JSON' },
    { name: 'a JSON list', body: '[]', says: 'JSON object' },
    { name: 'JSON null', body: 'null', says: 'JSON object' },
    { name: 'invalid UTF-8', body: Buffer.from([0x7b, 0xff, 0x7d]), says: 'UTF-8' },
    {
      name: 'nesting without end',
      body: `{"name":${'['.repeat(200_000)}`,
      says: `deeper than ${protocolLimits.depth}`,
    },
    { name: 'a number for a string', body: '{"name":7}', says: "'name'" },
    {
      name: 'a string for an integer',
      body: '{"name":"shop","idleTimeoutSeconds":"60"}',
      says: "'idleTimeoutSeconds'",
    },
    {
      name: 'a fraction for an integer',
      body: '{"name":"shop","idleTimeoutSeconds":60.5}',
      says: 'integer',
    },
    {
      name: 'an integer beyond 32 bits',
      body: '{"name":"shop","idleTimeoutSeconds":4294967356}',
      says: 'integer',
    },
    {
      name: 'an infinite number',
      body: '{"name":"shop","idleTimeoutSeconds":1e999}',
      says: 'integer',
    },
    { name: 'a list for a map', body: '{"name":"shop","tags":["a"]}', says: "'tags'" },
    {
      name: 'an object for a tag value',
      body: '{"name":"shop","tags":{"a":{}}}',
      says: "'tags.a'",
    },
  ];
  test.each(unreadable)('$name cannot be parsed', ({ body, says }) => {
    const error = refusal(() => lattice.parse(aRequest({ rawPath: '/services', body })));
    expect(error).toMatchObject({ code: 'ValidationException', statusCode: 400 });
    expect(error.members['reason']).toBe('cannotParse');
    expect(error.message).toContain(says);
  });

  test('a body that is too large is refused before it is read', () => {
    const body = Buffer.alloc(protocolLimits.bodyBytes + 1, 0x20);
    const error = refusal(() => lattice.parse(aRequest({ rawPath: '/services', body })));
    expect(error).toMatchObject({ code: 'RequestEntityTooLargeException', statusCode: 413 });
  });

  test.each([
    { name: 'broken escape in the path', rawPath: '/services/%zz', query: '' },
    { name: 'a path escape that is not UTF-8', rawPath: '/services/%ff', query: '' },
    { name: 'broken escape in the query', rawPath: '/services', query: 'nextToken=%' },
    { name: 'a number that is none', rawPath: '/services', query: 'maxResults=ten' },
    { name: 'a single value twice', rawPath: '/services', query: 'maxResults=1&maxResults=2' },
  ])('$name cannot be parsed', ({ rawPath, query }) => {
    const error = refusal(() => lattice.parse(aRequest({ method: 'GET', rawPath, query })));
    expect(error).toMatchObject({ statusCode: 400, members: { reason: 'cannotParse' } });
  });

  test('all failing fields come at once, each with its name and what it must be', () => {
    const error = refusal(() =>
      lattice.parse(
        createRule({
          priority: 0,
          match: {
            httpMatch: { headerMatches: [{ name: '', match: { exact: 'a', prefix: 'b' } }] },
          },
          action: {
            forward: { targetGroups: [{ targetGroupIdentifier: 'tg-1', weight: 1000 }] },
          },
        }),
      ),
    );
    expect(error.members).toEqual({
      reason: 'fieldValidationFailed',
      fieldList: [
        {
          name: 'name',
          message: "Value null at 'name' failed to satisfy constraint: Member must not be null",
        },
        {
          name: 'match.httpMatch.headerMatches.1.member.name',
          message:
            "Value '' at 'match.httpMatch.headerMatches.1.member.name' failed to satisfy constraint: Member must have length greater than or equal to 1",
        },
        {
          name: 'match.httpMatch.headerMatches.1.member.match',
          message:
            "Value at 'match.httpMatch.headerMatches.1.member.match' failed to satisfy constraint: Member must have exactly one of the members [exact, prefix, contains], not 2",
        },
        {
          name: 'priority',
          message:
            "Value '0' at 'priority' failed to satisfy constraint: Member must have value greater than or equal to 1",
        },
        {
          name: 'action.forward.targetGroups.1.member.targetGroupIdentifier',
          message:
            "Value 'tg-1' at 'action.forward.targetGroups.1.member.targetGroupIdentifier' failed to satisfy constraint: Member must have length greater than or equal to 17",
        },
        {
          name: 'action.forward.targetGroups.1.member.targetGroupIdentifier',
          message: expect.stringContaining('must satisfy regular expression pattern'),
        },
        {
          name: 'action.forward.targetGroups.1.member.weight',
          message:
            "Value '1000' at 'action.forward.targetGroups.1.member.weight' failed to satisfy constraint: Member must have value less than or equal to 999",
        },
      ],
    });
    expect(error.message).toMatch(/^7 validation errors detected: Value null at 'name' failed/);
  });

  test('one failure is counted as one', () => {
    const error = refusal(() => lattice.parse(aRequest({ rawPath: '/services', body: '{}' })));
    expect(error.message).toBe(
      "1 validation error detected: Value null at 'name' failed to satisfy constraint: Member must not be null",
    );
  });

  test('the number of failures in an answer is limited', () => {
    const targets = Array.from({ length: 5000 }, () => ({ id: '', port: 0 }));
    const error = refusal(() =>
      lattice.parse(
        aRequest({
          rawPath: `/targetgroups/${targetGroupId}/registertargets`,
          body: JSON.stringify({ targets }),
        }),
      ),
    );
    expect(error.members['fieldList']).toHaveLength(protocolLimits.failures);
  });

  test('whatever the body is, parsing answers or refuses with a ServiceError', () => {
    const names = ['name', 'tags', 'match', 'httpMatch', 'pathMatch', 'prefix', 'headerMatches'];
    const moreNames = ['action', 'forward', 'targetGroups', 'weight', 'priority', '__proto__'];
    const { value: body } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium', withCrossShrink: true },
        fc.constantFrom<unknown>(null, '', 'shop', true, 0, -1, 1.5, 10, 1e300),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names, ...moreNames), tie('value'), { maxKeys: 5 }),
      ),
    }));
    fc.assert(
      fc.property(body, (value) => {
        try {
          expect(lattice.parse(createRule(value)).operation).toBe('CreateRule');
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
        }
      }),
      { numRuns: 500 },
    );
  });

  describe('of keys that the caller made long', () => {
    const tags = (count: number, length: number, value: unknown) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [`${i}-`.padEnd(length, 'k'), value]),
      );
    const refuse = (body: unknown) =>
      refusal(() => lattice.parse(aRequest({ rawPath: '/services', body: JSON.stringify(body) })));

    test.each([
      { name: 'a wrong type under each', value: 1 },
      { name: 'a value that is too long under each', value: 'v'.repeat(300) },
    ])('$name: the answer stays short', ({ value }) => {
      const error = refuse({ name: 'shop', tags: tags(45, 20_000, value) });
      expect(error.message).toMatch(/^\d+ validation errors detected: /);
      expect(error.message).toContain(`tags.0-${'k'.repeat(98)}...`);
      expect(error.message.length).toBeLessThan(protocolLimits.errorCharacters + 10);
      const answer = lattice.serializeError(error, 'request-1');
      expect(answer.body.length).toBeLessThan(3 * protocolLimits.errorCharacters);
    });

    test('the answer counts all failures and lists the first', () => {
      const error = refuse({ name: 'shop', tags: tags(90, 130, 'v'.repeat(300)) });
      // Each key is too long, each value is too long, and there are more than 50 of them.
      expect(error.message).toContain('100 validation errors detected');
      const { fieldList } = error.members as { fieldList: readonly { message: string }[] };
      expect(fieldList.length).toBeGreaterThan(10);
      expect(fieldList.length).toBeLessThan(100);
      for (const { message } of fieldList) expect(error.message).toContain(message);
    });
  });

  test('whatever the path and query are, parsing answers or refuses with a ServiceError', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (rawPath, query) => {
        try {
          lattice.parse(aRequest({ method: 'GET', rawPath: `/services/${rawPath}`, query }));
        } catch (error) {
          expect(error).toBeInstanceOf(ServiceError);
        }
      }),
    );
  });
});

describe('answers', () => {
  test('times are ISO-8601 with milliseconds; undefined and unknown members are left out', () => {
    const response = lattice.serialize(
      'GetService',
      {
        id: serviceId,
        createdAt: new Date(0),
        lastUpdatedAt: '2026-04-01T12:34:56.789Z',
        customDomainName: undefined,
        ours: 'no',
      },
      'request-1',
    );
    expect(response).toMatchObject({
      statusCode: 200,
      headers: { 'content-type': 'application/json', 'x-amzn-requestid': 'request-1' },
    });
    expect(response.body.toString()).toBe(
      `{"id":"${serviceId}","createdAt":"1970-01-01T00:00:00.000Z","lastUpdatedAt":"2026-04-01T12:34:56.789Z"}`,
    );
  });

  test('an empty list is there', () => {
    expect(jsonBody(lattice.serialize('ListServices', { items: [] }, 'r'))).toEqual({ items: [] });
  });

  test.each([
    { operation: 'CreateService', statusCode: 201, body: '{}' },
    { operation: 'CreateServiceNetworkServiceAssociation', statusCode: 200, body: '{}' },
    { operation: 'DeleteRule', statusCode: 204, body: '' },
    { operation: 'TagResource', statusCode: 200, body: '{}' },
  ])('$operation answers $statusCode', ({ operation, statusCode, body }) => {
    const response = lattice.serialize(operation, {}, 'r');
    expect({ statusCode: response.statusCode, body: response.body.toString() }).toEqual({
      statusCode,
      body,
    });
  });

  test('an error has its type in a header, its members in the body, and Retry-After as a header', () => {
    const error = new ServiceError('ThrottlingException', 429, 'Rate exceeded', {
      serviceCode: 'vpc-lattice',
      retryAfterSeconds: 3,
      secret: 'not in the model',
    });
    const response = lattice.serializeError(error, 'request-2');
    expect(response.statusCode).toBe(429);
    expect(response.headers).toEqual({
      'content-type': 'application/json',
      'x-amzn-errortype': 'ThrottlingException',
      'x-amzn-requestid': 'request-2',
      'retry-after': '3',
    });
    expect(jsonBody(response)).toEqual({ message: 'Rate exceeded', serviceCode: 'vpc-lattice' });
  });

  test('an error that the model does not know keeps its members', () => {
    const error = refusal(() => lattice.parse(aRequest({ rawPath: '/nothing' })));
    expect(jsonBody(lattice.serializeError(error, 'r'))).toEqual({
      message: 'no operation has the route `POST /nothing`',
      reason: 'unknownOperation',
    });
  });
});
