import { createHash } from 'node:crypto';
import { ServiceError } from '../protocol/service-error.ts';
import type { WriteTransaction } from '../store/store.ts';

/** A call that carries a token: asked again with the same token and parameters, it answers the same and does nothing. */
export interface TokenCall {
  readonly accountId: string;
  /** Signing name. */
  readonly service: string;
  readonly operation: string;
  readonly token: string;
  /** The input without the token. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly now: Date;
  /** How long an answer is kept. */
  readonly ttlMs: number;
}

/**
 * Runs `run` unless this token was answered before; then that answer is given again. Token and
 * effect are kept in one transaction, so there is never one without the other.
 *
 * @throws ServiceError when the token came with other parameters before
 */
export const runOnce = async (
  tx: WriteTransaction,
  call: TokenCall,
  run: () => Promise<unknown>,
): Promise<unknown> => {
  const key = `${call.accountId}/${call.service}/${call.operation}/${call.token}`;
  const digest = digestOf(call.parameters);
  const known = await tx.recallAnswer(key, call.now);
  if (known) {
    if (known.digest !== digest) throw mismatch(call);
    return decodeAnswer(known.answer);
  }
  const answer = await run();
  await tx.rememberAnswer(
    key,
    { digest, answer: encodeAnswer(answer) },
    new Date(call.now.getTime() + call.ttlMs),
  );
  return answer;
};

/** EC2 has a code of its own for this, ACM no conflicts among its errors; the others call it one. */
const mismatch = ({ service, token }: TokenCall): ServiceError => {
  const text = 'The client token was used before with other parameters. Take a new token.';
  switch (service) {
    case 'ec2':
      return new ServiceError('IdempotentParameterMismatch', 400, text);
    case 'acm':
      return new ServiceError('InvalidParameterException', 400, text);
    default:
      return new ServiceError('ConflictException', 409, text, {
        resourceId: token,
        resourceType: 'CLIENT_TOKEN',
      });
  }
};

const digestOf = (parameters: unknown): string =>
  createHash('sha256')
    .update(JSON.stringify(sortKeys(parameters)) ?? '')
    .digest('hex');

/** The order of members says nothing. */
const sortKeys = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => [name, sortKeys(member)]);
};

/** Answers are kept as JSON, in which times would turn into texts. */
const encodeAnswer = (value: unknown): unknown => {
  if (value instanceof Date) return { $time: value.toISOString() };
  if (Array.isArray(value)) return value.map(encodeAnswer);
  if (typeof value !== 'object' || value === null) return value;
  return mapValues(value, encodeAnswer);
};

const decodeAnswer = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(decodeAnswer);
  if (typeof value !== 'object' || value === null) return value;
  if ('$time' in value && typeof value.$time === 'string') return new Date(value.$time);
  return mapValues(value, decodeAnswer);
};

/** Without a prototype: `__proto__` may be the key of a tag. */
const mapValues = (value: object, change: (member: unknown) => unknown): unknown => {
  const changed: Record<string, unknown> = Object.create(null);
  for (const [name, member] of Object.entries(value)) {
    if (member !== undefined) changed[name] = change(member);
  }
  return changed;
};
