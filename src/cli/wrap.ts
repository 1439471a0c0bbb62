/**
 * Breaks a text at blanks into lines of at most `width` characters, `first` in front of the first
 * line and `rest` in front of the others. A word that is longer than a line, such as an ARN, stays
 * whole, so that it can be copied. The text carries no colours; what stands in front may not either.
 */
export const wrap = (
  text: string,
  { width, first, rest }: { readonly width: number; readonly first: string; readonly rest: string },
): readonly string[] => {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(' ')) {
    if (!isEmpty && length(line) + 1 + length(word) > width) {
      lines.push(line);
      line = rest;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
};

const length = (text: string): number => [...text].length;
