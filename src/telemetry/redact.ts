import type { LogFields } from './logger.ts';

const SECRET_NAME =
  /secret|password|passphrase|private-?_?key|token|authorization|signature|cookie/i;
/** Values that give themselves away, in whatever field or text they are. */
const SECRET_TEXT =
  /AWS4-HMAC-SHA256[^\n]*|(X-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"]+|-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*-----|$)/gi;
const MASK = '[redacted]';
const MAX_DEPTH = 6;
const MAX_ITEMS = 100;
const MAX_TEXT = 8192;

/** A copy of `fields` that is safe to write: secrets masked, errors spelled out, size and depth bounded. */
export const redact = (fields: LogFields): Record<string, unknown> =>
  redactValue(fields, 0) as Record<string, unknown>;

export const redactText = (text: string): string =>
  (text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}…` : text).replace(
    SECRET_TEXT,
    (_, name?: string) => `${name ?? ''}${MASK}`,
  );

const redactValue = (value: unknown, depth: number): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value.toJSON();
  if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (value instanceof Error) return redactError(value, depth);
  if (Array.isArray(value)) {
    return value.slice(0, MAX_ITEMS).map((item) => redactValue(item, depth + 1));
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  return Object.fromEntries(
    entries
      .slice(0, MAX_ITEMS)
      .map(([name, item]) => [
        String(name),
        SECRET_NAME.test(String(name)) && item !== undefined ? MASK : redactValue(item, depth + 1),
      ]),
  );
};

const redactError = (error: Error, depth: number): Record<string, unknown> => ({
  type: error.name,
  message: redactText(error.message),
  ...('code' in error ? { code: error.code } : {}),
  ...(error.stack ? { stack: redactText(error.stack) } : {}),
  ...(error.cause === undefined ? {} : { cause: redactValue(error.cause, depth + 1) }),
});
