/** Aligned columns, two blanks between; the last column is not padded. Cells may carry ANSI colours. */
export const table = (
  head: readonly string[],
  rows: readonly (readonly string[])[],
  options: { readonly indent?: string; readonly right?: readonly number[] } = {},
): string => {
  const all = head.length === 0 ? rows : [head, ...rows];
  const columns = Math.max(0, ...all.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...all.map((row) => visibleLength(row[column] ?? ''))),
  );
  const isRight = new Set(options.right);
  return all
    .map((row) => {
      const cells = widths.map((width, column) => {
        const cell = row[column] ?? '';
        const blanks = ' '.repeat(width - visibleLength(cell));
        return isRight.has(column) ? blanks + cell : cell + blanks;
      });
      return `${options.indent ?? ''}${cells.join('  ')}`.trimEnd();
    })
    .join('\n');
};

// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what colours start with
const ansi = /\u001b\[[0-9;]*m/g;

const visibleLength = (text: string): number => [...text.replace(ansi, '')].length;
