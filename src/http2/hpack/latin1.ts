/** What `toString` and `write` of a Buffer come to for latin1: there in every version of Node, without a type. */
interface Latin1Bytes {
  latin1Slice(start: number, end: number): string;
  latin1Write(text: string, offset: number, length: number): number;
}

/** The bytes as text, one character a byte. Half as long again by way of `toString`. */
export const readLatin1 = (bytes: Buffer, start: number, end: number): string =>
  (bytes as unknown as Latin1Bytes).latin1Slice(start, end);

/** @returns where the text ends in `out`. Twice as long by way of `write`. */
export const writeLatin1 = (out: Buffer, offset: number, text: string): number =>
  offset + (out as unknown as Latin1Bytes).latin1Write(text, offset, text.length);
