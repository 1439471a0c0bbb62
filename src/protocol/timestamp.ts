const iso8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/** Years that every client can read back. */
const maxMs = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** ISO-8601 text or epoch seconds; undefined for everything else. */
export const parseTimestamp = (value: unknown): Date | undefined => {
  const ms =
    typeof value === 'number'
      ? Math.round(value * 1000)
      : typeof value === 'string' && iso8601.test(value)
        ? Date.parse(value)
        : Number.NaN;
  return ms >= 0 && ms <= maxMs ? new Date(ms) : undefined;
};

/** `2026-04-01T12:34:56.789Z`, or seconds since 1970 with milliseconds as the fraction. */
export const formatTimestamp = (
  value: Date | string,
  format: 'iso8601' | 'unixTimestamp',
): string | number => {
  const date = typeof value === 'string' ? new Date(value) : value;
  return format === 'iso8601' ? date.toISOString() : date.getTime() / 1000;
};
