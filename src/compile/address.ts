/**
 * One way of writing an address, so that `FD00::1` in a mapping is the `fd00:0::1` of a target.
 * What is no IPv6 address (IPv4, instance id) only becomes lower case.
 */
export const canonicalAddress = (text: string): string => {
  const lower = text.toLowerCase();
  if (!lower.includes(':')) return lower;
  return URL.canParse(`http://[${lower}]`)
    ? new URL(`http://[${lower}]`).hostname.slice(1, -1)
    : lower;
};
