/** `YYYYMMDDTHHMMSSZ` to a time; undefined when it is none (a 31st of June is none). */
export const parseAmzDate = (text: string): Date | undefined => {
  const timeMs = parseAmzDateMs(text);
  return Number.isNaN(timeMs) ? undefined : new Date(timeMs);
};

/** As {@link parseAmzDate}, in ms since 1970 and NaN for what is none: on the request path nothing is to be made. */
export const parseAmzDateMs = (text: string): number => {
  if (text.length !== 16 || text.charCodeAt(8) !== 84 /* T */ || text.charCodeAt(15) !== 90 /* Z */)
    return Number.NaN;
  const year = number(text, 0) * 100 + number(text, 2);
  const month = number(text, 4);
  const day = number(text, 6);
  const hour = number(text, 9);
  const minute = number(text, 11);
  const second = number(text, 13);
  // Comparisons that a NaN fails, too. `Date.UTC` takes years below 100 for those of the 20th century.
  const isTime = year >= 100 && hour <= 23 && minute <= 59 && second <= 59;
  const isDay = month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
  return isTime && isDay ? Date.UTC(year, month - 1, day, hour, minute, second) : Number.NaN;
};

/** Two digits; NaN when they are none. */
const number = (text: string, at: number): number => {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
};

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const daysIn = (year: number, month: number): number => {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && isLeap ? 29 : (DAYS[month - 1] as number);
};

export const formatAmzDate = (date: Date): string =>
  date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:]/g, '');
