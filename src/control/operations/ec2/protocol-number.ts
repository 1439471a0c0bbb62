/** An IP protocol number as it is kept, whatever zeros were written before it; undefined for all else. */
export const protocolNumber = (text: string): string | undefined => {
  const number = /^\d{1,3}$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number <= 255 ? String(number) : undefined;
};
