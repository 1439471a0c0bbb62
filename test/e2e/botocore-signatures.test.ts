import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ServiceRequest } from '../../src/sigv4/service-request.ts';
import { verifyServiceRequest } from '../../src/sigv4/verify-service-request.ts';
import { findSample, REGION, withAddedHeader, withTarget } from '../support/service-requests.ts';
import { isOnPath, runProgram } from './instance.ts';

const script = fileURLToPath(new URL('botocore-signatures.py', import.meta.url));
const isThere = await isOnPath('python3', '-c', 'import botocore');
if (!isThere)
  console.warn('skipped: python3 with botocore is not there (python3 -c "import botocore")');

interface Signed {
  readonly name: string;
  readonly caller: string;
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

const received = ({ method, target, headers }: Signed): ServiceRequest => ({
  method,
  target,
  path: target.split('?', 1)[0] as string,
  authority: headers['Host'] as string,
  names: Object.keys(headers).map((name) => name.toLowerCase()),
  values: Object.values(headers).map((value) => value.trim()),
});

describe.skipIf(!isThere)('requests signed by unmodified botocore', () => {
  test('are accepted, and refused once anything is changed', async () => {
    const { code, stdout, stderr } = await runProgram('python3', [script]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { at, requests } = JSON.parse(stdout) as { at: string; requests: readonly Signed[] };
    expect(requests).toHaveLength(48);
    const verify = (request: ServiceRequest) =>
      verifyServiceRequest(request, REGION, findSample, Date.parse(at));
    for (const signed of requests) {
      const request = received(signed);
      const valid = { signed: true, valid: true, caller: signed.caller };
      expect({ ...verify(request), name: signed.name }).toMatchObject({
        ...valid,
        name: signed.name,
      });
      expect(verify(withAddedHeader(request, 'x-forwarded-for', '10.0.0.1'))).toMatchObject(valid);
      for (const changed of [
        { ...request, method: 'PATCH' },
        { ...request, authority: `${request.authority}.` },
        withTarget(request, request.target.replace('/', '/x')),
      ]) {
        expect(verify(changed)).toMatchObject({ valid: false, problem: { kind: 'mismatch' } });
      }
    }
  });
});
