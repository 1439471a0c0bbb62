/** 1 to 63 letters, digits and hyphens, no hyphen first or last (RFC 1123 §2.1, RFC 952). */
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** The last label of what resolvers take for an IPv4 address in one of its old forms: `127.1`, `0x7f000001`. */
const NUMBER = /^(?:\d+|0x[0-9a-f]*)$/i;

/** Whether the text is the name of a host, without a final dot. Nothing that looks like an IPv4 address is. */
export const isHostName = (text: string): boolean => {
  if (text.length > 253) return false;
  const labels = text.split('.');
  return labels.every((label) => LABEL.test(label)) && !NUMBER.test(labels.at(-1) ?? '');
};
