import type { ForwardedResponse } from '../forwarded-request.ts';
import { UNTIL_CLOSE } from '../http1/framing.ts';
import { parseContentLength } from '../http1/header-lines.ts';
import { CONNECTION_FIELD, fieldValue, type RawFields, toLines } from './fields.ts';

/** The head of a response that came over HTTP/2; nghttp2 has seen to it that it is well-formed. */
export class Http2ResponseHead implements ForwardedResponse {
  readonly statusCode: number;
  readonly bodyLength: number;
  readonly #fields: RawFields;

  /** @param isEnded no body follows */
  constructor(fields: RawFields, isEnded: boolean) {
    this.#fields = fields;
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
      // Our id replaces the target's.
      if (name === ':status' || name === 'x-amzn-requestid' || name === CONNECTION_FIELD) continue;
      kept.push(name, fields[i + 1]!);
    }
    return kept;
  }
}
