/** Fields that concern one connection only (RFC 9110 §7.6.1), or the proxy. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
]);

/** Fields that the signature replaces. */
const SIGNATURE_FIELDS = new Set([
  'authorization',
  'x-amz-date',
  'x-amz-security-token',
  'x-amz-content-sha256',
]);

/** Names and values in turn, without what ends at this hop; `without` names more, in lower case. */
const endToEnd = (raw: readonly string[], without: ReadonlySet<string>): readonly string[] => {
  const named = new Set<string>();
  for (let index = 0; index < raw.length; index += 2) {
    if (raw[index]?.toLowerCase() !== 'connection') continue;
    for (const name of (raw[index + 1] ?? '').split(',')) named.add(name.trim().toLowerCase());
  }
  // What says where the body ends is never one of the fields that a sender may take away.
  named.delete('content-length');
  named.delete('transfer-encoding');
  const kept: string[] = [];
  for (let index = 0; index < raw.length; index += 2) {
    const name = raw[index] ?? '';
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.has(lower) || named.has(lower) || without.has(lower)) continue;
    kept.push(name, raw[index + 1] ?? '');
  }
  return kept;
};

/** Fields of a request that go on, without a signature that it may have had, and without Host. */
export const forwardedFields = (raw: readonly string[]): readonly string[] =>
  endToEnd(raw, new Set([...SIGNATURE_FIELDS, 'host', 'expect']));

/** Fields of a response that go back. Node says itself how a body ends that came in chunks. */
export const returnedFields = (raw: readonly string[]): readonly string[] =>
  endToEnd(raw, new Set(['transfer-encoding']));
