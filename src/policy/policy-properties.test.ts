import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { authorize, explainLayers, type PolicyLayer } from './authorize.ts';
import { compilePolicy } from './compile-policy.ts';
import { describeReason } from './describe-reason.ts';
import { aPolicyDocument, aRequest, aStatement } from './policy.arbitrary.ts';
import {
  type PolicyDocument,
  type PolicyStatement,
  parseIdentityPolicy,
  parseResourcePolicy,
  parseTrustPolicy,
} from './policy-document.ts';

const layer = (name: string, ...documents: PolicyDocument[]): PolicyLayer => ({
  name,
  policies: documents.map((document, i) => compilePolicy(document, `${name} ${i}`)),
});

const isAllowed = (document: PolicyDocument, request: Parameters<typeof authorize>[0]['request']) =>
  authorize({ layers: [layer('service', document)], request }).allowed;

const plus = (document: PolicyDocument, ...more: PolicyStatement[]): PolicyDocument => ({
  ...document,
  Statement: [...(document.Statement as PolicyStatement[]), ...more],
});

describe('whatever the policy and the request', () => {
  test('the generated ones are allowed, denied and neither', () => {
    const kinds = fc
      .sample(fc.tuple(aPolicyDocument, aRequest), { numRuns: 500, seed: 1 })
      .map(([document, request]) => authorize({ layers: [layer('a', document)], request }).kind);
    for (const kind of ['allow', 'explicitDeny', 'implicitDeny']) {
      expect(kinds.filter((one) => one === kind).length, kind).toBeGreaterThan(40);
    }
  });

  test('the decision, its reasons and the explanation agree', () => {
    fc.assert(
      fc.property(aPolicyDocument, aPolicyDocument, aRequest, (one, other, request) => {
        const layers = [layer('network', one), layer('service', other)];
        const decision = authorize({ layers, request });
        const explained = explainLayers({ layers, request });
        const says = explained.map((each) => each.says);
        const expected = says.includes('explicitDeny')
          ? 'explicitDeny'
          : says.includes('implicitDeny')
            ? 'implicitDeny'
            : 'allow';
        expect(decision.kind).toBe(expected);
        const refusing = explained.find((each) => each.says === expected)?.layer;
        expect(decision.decidedBy).toBe(expected === 'allow' ? undefined : refusing);
        for (const reason of [...decision.because, ...explained.flatMap((each) => each.reasons)]) {
          expect(describeReason(reason)).toMatch(/ (allows|denies) the request$| does not apply: /);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('another Deny never allows', () => {
    fc.assert(
      fc.property(aPolicyDocument, aStatement, aRequest, (document, statement, request) => {
        const denying = plus(document, { ...statement, Effect: 'Deny' });
        if (isAllowed(denying, request)) expect(isAllowed(document, request)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('another Allow never denies', () => {
    fc.assert(
      fc.property(aPolicyDocument, aStatement, aRequest, (document, statement, request) => {
        const allowing = plus(document, { ...statement, Effect: 'Allow' });
        if (isAllowed(document, request)) expect(isAllowed(allowing, request)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('another condition never makes a statement apply', () => {
    fc.assert(
      fc.property(aStatement, aStatement, aRequest, ({ Condition, ...bare }, more, request) => {
        const unconditional = { ...bare, Effect: 'Allow' } as const;
        const both = { ...unconditional, Condition: { ...Condition, ...more.Condition } };
        const Version = '2012-10-17';
        if (isAllowed({ Version, Statement: both }, request)) {
          expect(isAllowed({ Version, Statement: unconditional }, request)).toBe(true);
        }
      }),
    );
  });

  test('another layer never allows, and the order of statements does not matter', () => {
    fc.assert(
      fc.property(aPolicyDocument, aPolicyDocument, aRequest, (one, other, request) => {
        const both = authorize({ layers: [layer('a', one), layer('b', other)], request });
        expect(both.allowed).toBe(isAllowed(one, request) && isAllowed(other, request));
        const Statement = (one.Statement as PolicyStatement[]).toReversed();
        expect(isAllowed({ ...one, Statement }, request)).toBe(isAllowed(one, request));
      }),
    );
  });

  test('a compiled policy remembers nothing of the requests before', () => {
    fc.assert(
      fc.property(aPolicyDocument, fc.array(aRequest, { maxLength: 6 }), (document, requests) => {
        const policy = compilePolicy(document, 'a');
        for (const request of requests) {
          expect(policy.evaluate(request)).toEqual(compilePolicy(document, 'a').evaluate(request));
        }
      }),
    );
  });

  test('what is printed is parsed as it was', () => {
    fc.assert(
      fc.property(aPolicyDocument, (document) => {
        const parsed = parseResourcePolicy(JSON.stringify(document, null, 1));
        expect(parsed).toEqual({ document: JSON.parse(JSON.stringify(document)) });
      }),
    );
  });
});

describe('whatever the text', () => {
  const request = fc.sample(aRequest, { numRuns: 20, seed: 7 });
  const parsers = { parseResourcePolicy, parseIdentityPolicy, parseTrustPolicy };

  /** Asks the policy, if it is one, whether it allows what it should not. */
  const isAllowedBy = (text: string): boolean =>
    Object.values(parsers).some((parse) => {
      const parsed = parse(text);
      return 'document' in parsed && request.some((one) => isAllowed(parsed.document, one));
    });

  test('it is parsed or refused, never thrown at', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => !isAllowedBy(text)));
  });

  test('a policy with some of its characters changed is parsed or refused', () => {
    const change = fc.tuple(fc.nat(2_000), fc.nat(6), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(
        aPolicyDocument,
        fc.array(change, { minLength: 1, maxLength: 4 }),
        (document, changes) => {
          let text = JSON.stringify(document);
          for (const [at, removed, inserted] of changes) {
            const place = at % text.length;
            text = text.slice(0, place) + inserted + text.slice(place + removed);
          }
          const allowed = isAllowedBy(text);
          if (allowed) expect(text).toContain('"Allow"');
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test('a policy with a part that is something else is refused or asks as before', () => {
    const broken = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom({}, [], null, '', [[]], 0, '__proto__'),
    );
    const element = fc.constantFrom(
      ...[
        'Sid',
        'Effect',
        'Principal',
        'NotPrincipal',
        'Action',
        'NotAction',
        'Resource',
        'Condition',
      ],
      ...['__proto__', 'constructor', 'toString'],
    );
    fc.assert(
      fc.property(aPolicyDocument, element, broken, (document, name, value) => {
        const statements = (document.Statement as PolicyStatement[]).map((statement) => ({
          ...statement,
          Effect: 'Deny',
          [name]: value,
        }));
        const text = JSON.stringify({ ...document, Statement: statements });
        if (value !== 'Allow') expect(isAllowedBy(text)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
