import { isSecretName } from '../../policy/reason.ts';
import { diagnose } from '../../sigv4/diagnose.ts';
import type { ExplainedSignature } from '../../snapshot/explanation.ts';
import { regionOf } from '../auth/request-values.ts';
import type { SignatureRefusal } from '../auth/verdict.ts';
import type { RefusedRequest } from './explain-refusal.ts';
import { cut, type ExplanationLimits } from './explanation-limits.ts';

/** Findings that are told. */
const MOST_FINDINGS = 10;

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
    isSecretName,
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
