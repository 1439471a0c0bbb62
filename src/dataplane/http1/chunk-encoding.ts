/** The line before a chunk's data; CR LF follows the data (RFC 9112 §7.1). */
export const chunkHead = (size: number): string => `${size.toString(16)}\r\n`;

export const LAST_CHUNK = '0\r\n\r\n';
