/** Gets the bytes of a body; they are valid during the call, and may be kept when copied or sliced. */
export interface BodySink {
  bodyData(chunk: Buffer, start: number, end: number): void;
}
