/** IPv4 as IPv4, also where the socket is one for both families. */
export const plainAddress = (address: string | undefined): string => {
  if (address === undefined) return '-';
  return address.startsWith('::ffff:') ? address.slice(7) : address;
};
