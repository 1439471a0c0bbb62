import { isSecretName } from '../../policy/reason.ts';
import { diagnose } from '../../sigv4/diagnose.ts';
import type { IsHidden } from '../../sigv4/hide-values.ts';
import type { ExplainedSignature } from '../../snapshot/explanation.ts';
import { regionOf } from '../auth/condition-keys.ts';
import type { SignatureRefusal } from '../auth/verdict.ts';
import type { RefusedRequest } from './explain-refusal.ts';
import { cut, type ExplanationLimits } from './explanation-limits.ts';
import { holdsCredentials } from './hide-credentials.ts';

/** Findings that are told. */
const MOST_FINDINGS = 10;

/** Signed headers whose values are told, for what is in them is known; AWS's signers sign most of them. */
const TOLD_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'accept-language',
  'amz-sdk-invocation-id',
  'amz-sdk-request',
  'cache-control',
  'content-encoding',
  'content-length',
  'content-md5',
  'content-type',
  'date',
  'host',
  'user-agent',
  'x-amz-content-sha256',
  'x-amz-date',
  'x-amz-region-set',
  'x-amz-user-agent',
  'x-amzn-trace-id',
]);

const isHidden: IsHidden = (place, name, value) =>
  place === 'header' ? !TOLD_HEADERS.has(name) : isSecretName(name) || holdsCredentials(value);

/** What is wrong with the signature, beside what was computed for it. */
export const explainSignature = (
  { head, nowMs, decision, callers }: RefusedRequest,
  { message }: SignatureRefusal,
  limits: ExplanationLimits,
): ExplainedSignature => {
  const region = regionOf(decision.service?.part.arn ?? '');
  const { canonicalRequest, stringToSign, findings } = diagnose(
    head,
    region,
    (accessKeyId, sessionToken) => callers.find(accessKeyId, sessionToken, nowMs),
    nowMs,
    isHidden,
  );
  const long = (text: string): string => cut(text, limits.canonicalRequest);
  return {
    isValid: false,
    problem: cut(message, limits.text),
    ...(canonicalRequest === undefined ? {} : { canonicalRequest: long(canonicalRequest) }),
    ...(stringToSign === undefined ? {} : { stringToSign: long(stringToSign) }),
    findings: findings.slice(0, MOST_FINDINGS).map((finding) => cut(finding, limits.text)),
  };
};
