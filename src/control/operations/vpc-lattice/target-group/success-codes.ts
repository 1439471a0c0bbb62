import { invalidField } from '../../../errors.ts';

const LOWEST = 200;
const HIGHEST = 499;

/** @throws ValidationException unless the text is a list of codes and ranges: `200`, `200,202`, `200-299`. */
export const requireSuccessCodes = (text: string): void => {
  for (const item of text.split(',')) {
    const [, first, last = first] = /^(\d{3})(?:-(\d{3}))?$/.exec(item) ?? [];
    const from = Number(first);
    const to = Number(last);
    // NaN, of an item that is neither a code nor a range, is not in order with anything.
    if (!(LOWEST <= from && from <= to && to <= HIGHEST)) {
      throw invalidField(
        'healthCheck.matcher.httpCode',
        `Health check matcher ${text} is not valid. Give codes from ${LOWEST} to ${HIGHEST} such as 200, 200,202 or 200-299.`,
      );
    }
  }
};
