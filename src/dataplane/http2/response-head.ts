import type { ForwardedResponse } from '../forwarded-request.ts';
import { UNTIL_CLOSE } from '../http1/framing.ts';
import { parseContentLength } from '../http1/header-lines.ts';
import { fieldValue, type RawFields, toLines } from './fields.ts';

/** Of a response that came over HTTP/2: its status, the id that ours replaces, and what is left of the connection's. */
const NOT_FORWARDED: ReadonlySet<string> = new Set([
  ':status',
  'http2-settings',
  'te',
  'x-amzn-requestid',
]);

/** The head of a response that came over HTTP/2; its session has seen to it that it is well-formed. */
export class Http2ResponseHead implements ForwardedResponse {
  readonly statusCode: number;
  readonly bodyLength: number;
  readonly neverIndexed: readonly string[] | undefined;
  readonly #fields: RawFields;

  /**
   * @param isEnded no body follows
   * @param neverIndexed names of fields that nobody on the way may put into a table
   */
  constructor(fields: RawFields, isEnded: boolean, neverIndexed?: readonly string[]) {
    this.#fields = fields;
    this.neverIndexed = neverIndexed;
    this.statusCode = Number(fieldValue(fields, ':status'));
    const length = parseContentLength(fieldValue(fields, 'content-length') ?? '');
    this.bodyLength = isEnded ? 0 : length < 0 ? UNTIL_CLOSE : length;
  }

  toHttp1(): string {
    return ` ${this.statusCode} \r\n${toLines(this.toHttp2())}`;
  }

  toHttp2(): string[] {
    const kept: string[] = [];
    const fields = this.#fields;
    for (let i = 0; i < fields.length; i += 2) {
      const name = fields[i]!;
      if (!NOT_FORWARDED.has(name)) kept.push(name, fields[i + 1]!);
    }
    return kept;
  }
}
