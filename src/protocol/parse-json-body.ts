import { protocolLimits } from './wire.ts';

/** What a body cannot be read as; `message` says why, in words for the caller. */
export class UnreadableBodyError extends Error {
  readonly tooLarge: boolean;

  constructor(message: string, tooLarge = false) {
    super(message);
    this.name = 'UnreadableBodyError';
    this.tooLarge = tooLarge;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** The text of a body. Throws UnreadableBodyError when it is too large or not UTF-8. */
export const bodyText = (body: Buffer): string => {
  if (body.length > protocolLimits.bodyBytes)
    throw new UnreadableBodyError(
      `the body has ${body.length} bytes; ${protocolLimits.bodyBytes} is the limit`,
      true,
    );
  try {
    return utf8.decode(body);
  } catch {
    throw new UnreadableBodyError('the body is not valid UTF-8');
  }
};

/** A body that must be a JSON object; an empty body is `{}`. Throws UnreadableBodyError. */
export const parseJsonBody = (body: Buffer): unknown => {
  const text = bodyText(body);
  if (text.trim() === '') return {};
  if (isDeeperThan(text, protocolLimits.depth))
    throw new UnreadableBodyError(
      `the body nests deeper than ${protocolLimits.depth} levels; flatten it`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Node's own text repeats pieces of the body, which may hold secrets.
    throw new UnreadableBodyError('the body is not valid JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnreadableBodyError('the body must be a JSON object');
  return value;
};

/** Counts brackets outside of strings, before anything is built from them. */
const isDeeperThan = (text: string, limit: number): boolean => {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index++;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
  }
  return false;
};
