/** @throws Error of any kind when there is no JSON document to be had at the URL */
export type FetchJson = (url: string) => Promise<unknown>;

const TIMEOUT_MS = 5000;
const MAX_BYTES = 256 * 1024;

/** Follows no redirect, waits 5 s, reads 256 KiB: the other side need not mean well. */
export const fetchJson: FetchJson = async (url) => {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/json' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    throw new Error(`status ${response.status}`);
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body) {
    length += chunk.byteLength;
    if (length > MAX_BYTES) throw new Error('too long');
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
};
