import { PREFACE, SETTINGS } from './frames.ts';
import { encodedBound, HpackEncoder } from './hpack/hpack-encoder.ts';

const EMPTY = Buffer.alloc(0);

/** A frame of HTTP/2 (RFC 9113 §4.1). */
export const frame = (
  type: number,
  flags: number,
  streamId: number,
  payload: Buffer = EMPTY,
): Buffer => {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head.writeUInt8(type, 3);
  head.writeUInt8(flags, 4);
  head.writeUInt32BE(streamId, 5);
  return Buffer.concat([head, payload]);
};

/** Four bytes, as RST_STREAM and WINDOW_UPDATE have. */
export const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

export const setting = (id: number, value: number): Buffer =>
  Buffer.concat([Buffer.of(id >> 8, id), word(value)]);

/** A header block by an encoder that has sent nothing before. */
export const block = (fields: readonly string[]): Buffer => {
  const bytes = Buffer.alloc(encodedBound(fields));
  const encoder = new HpackEncoder({ maxTableSize: 0 });
  return bytes.subarray(0, encoder.encode(fields, undefined, bytes, 0));
};

/** What a client's connection begins with. */
export const OPENING: Buffer = Buffer.concat([PREFACE, frame(SETTINGS, 0, 0)]);

export interface ReadFrame {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: Buffer;
}

/** Whole frames, behind a preface if there is one. */
export const readFrames = (bytes: Buffer): ReadFrame[] => {
  const frames: ReadFrame[] = [];
  const start = bytes.indexOf(PREFACE) === 0 ? PREFACE.length : 0;
  for (let at = start; at < bytes.length; ) {
    const end = at + 9 + bytes.readUIntBE(at, 3);
    const [type = 0, flags = 0] = bytes.subarray(at + 3, at + 5);
    const payload = bytes.subarray(at + 9, end);
    frames.push({ type, flags, streamId: bytes.readUInt32BE(at + 5), payload });
    at = end;
  }
  return frames;
};
