import type { Readable, Writable } from 'node:stream';
import type { TLSSocket } from 'node:tls';
import type { Scheme } from './parse-call.ts';

export interface ServiceRequest {
  readonly scheme: Scheme;
  /** The only one to be spoken; absent: HTTP/1.1 in the clear, over TLS what the service chooses. */
  readonly httpVersion?: '1.1' | '2';
  readonly method: string;
  /** The service, as in the Host header. */
  readonly host: string;
  /** Path and query as they go over the wire. */
  readonly target: string;
  /** Names and values in turn, sent as they are; without Host. */
  readonly headers: readonly string[];
}

/** A request whose head is under way. */
export interface SentRequest {
  readonly httpVersion: '1.1' | '2';
  /** To be ended also where there is none. */
  readonly body: Writable;
  readonly answer: Promise<ServiceAnswer>;
  /** Gives up the request, and the answer with it. */
  cancel(): void;
}

/** The head of an answer; its body is to be read, or destroyed. */
export interface ServiceAnswer {
  /** As a status line has it: `1.1`, `1.0`, `2`. */
  readonly httpVersion: string;
  readonly statusCode: number;
  /** Empty in HTTP/2. */
  readonly statusMessage: string;
  /** Names and values in turn. */
  readonly headers: readonly string[];
  readonly body: Readable;
  /** Names and values in turn; known when the body has ended. */
  readonly trailers: () => readonly string[];
  /** Undefined in the clear. */
  readonly tls: TLSSocket | undefined;
}

/** The first value of a field. @param fields names and values in turn @param name in lower case */
export const fieldOf = (fields: readonly string[], name: string): string | undefined => {
  for (let index = 0; index < fields.length; index += 2) {
    if (fields[index]?.toLowerCase() === name) return fields[index + 1];
  }
  return undefined;
};
