import { open, readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CliError } from '../cli-error.ts';
import type { CallBody } from './parse-call.ts';

/** What is to be sent; its length in bytes where that is known before. */
export interface OpenBody {
  readonly stream?: Readable;
  readonly length?: number;
}

/**
 * Opens the body of a request. It streams, but for files of text: these are read first, since only then
 * their length is known, which curl sends.
 *
 * @throws CliError when a file cannot be read
 */
export const openBody = async (
  body: CallBody | undefined,
  stdin: Readable = process.stdin,
): Promise<OpenBody> => {
  if (body === undefined) return {};
  if (body.kind === 'text') return fromBytes(Buffer.from(body.text));
  if (body.kind === 'stdin') {
    return { stream: body.isBinary ? stdin : Readable.from(eachOnOneLine(stdin)) };
  }
  try {
    if (!body.isBinary) return fromBytes(onOneLine(await readFile(body.path)));
    const file = await open(body.path);
    const facts = await file.stat();
    const stream = file.createReadStream();
    return facts.isFile() ? { stream, length: facts.size } : { stream };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(`cannot read \`${body.path}\` (${code ?? 'unreadable'})`, { cause: error });
  }
};

const fromBytes = (bytes: Uint8Array): OpenBody => ({
  stream: Readable.from([bytes]),
  length: bytes.length,
});

const STRIPPED = new Set([...'\r\n\0'].map((text) => text.charCodeAt(0)));

/** As `curl -d @FILE` has it: https://curl.se/docs/manpage.html#-d */
const onOneLine = (bytes: Uint8Array): Uint8Array => bytes.filter((byte) => !STRIPPED.has(byte));

const eachOnOneLine = async function* (
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield onOneLine(chunk);
};
