import { expect, test } from 'vitest';
import { parseSuccessCodes } from './health-check.ts';

const cases: { text: string; ranges: ReturnType<typeof parseSuccessCodes> }[] = [
  { text: '200', ranges: [[200, 200]] },
  {
    text: '200,202,300-399',
    ranges: [
      [200, 200],
      [202, 202],
      [300, 399],
    ],
  },
  { text: '200-200', ranges: [[200, 200]] },
  { text: '', ranges: undefined },
  { text: '200,', ranges: undefined },
  { text: '299-200', ranges: undefined },
  { text: '200-', ranges: undefined },
  { text: '-', ranges: undefined },
  { text: '200-250-299', ranges: undefined },
  { text: '2000', ranges: undefined },
  { text: ' 200', ranges: undefined },
];
for (const { text, ranges } of cases) {
  test(`matcher \`${text}\` ${ranges ? 'is understood' : 'is refused'}`, () => {
    expect(parseSuccessCodes(text)).toEqual(ranges);
  });
}
