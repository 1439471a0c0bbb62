const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?)?)?$/;
const EPOCH = /^-?\d{1,12}(?:\.\d{1,9})?$/;

/**
 * A date in a form of W3C's profile of ISO 8601 (`2026`, `2026-11`, `2026-11-23`,
 * `2026-11-23T09:30Z`, with seconds, fractions and offset), or seconds since 1970. Four digits are a
 * year.
 *
 * @returns milliseconds since 1970, undefined for other forms and for days that no calendar has
 */
export const parseDate = (text: string): number | undefined => {
  const parts = DATE.exec(text);
  if (parts === null) return EPOCH.test(text) ? Number(text) * 1000 : undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00'] = parts;
  const [fraction = '', zone = 'Z'] = [parts[7], parts[8]];
  const offset = zone === 'Z' ? 0 : parseOffset(zone);
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  // 31 June becomes 1 July when it is parsed.
  const isReal = !Number.isNaN(at) && new Date(at).getUTCDate() === Number(day);
  return isReal && offset !== undefined ? at + Number(`0${fraction}`) * 1000 - offset : undefined;
};

const parseOffset = (zone: string): number | undefined => {
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes) * 60_000;
};
