const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Whole and decimal numbers: `80`, `-1.5`. No exponents, signs of plus, spaces or other bases, so that
 * a number is what it looks like. Beyond 2^53 neighbouring numbers are the same.
 */
export const parseNumber = (text: string): number | undefined =>
  NUMBER.test(text) ? Number(text) : undefined;
