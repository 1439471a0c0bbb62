import type { Report } from './results.ts';

/** A report for a terminal. */
export const renderText = ({ title, head, rows, notes }: Report): string => {
  const all = [head, ...rows];
  const widths = head.map((_, i) => Math.max(...all.map((row) => (row[i] ?? '').length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
      .join('  ')
      .trimEnd();
  return [title, '', ...all.map(line), ...notes.map((note) => `\n${note}`), ''].join('\n');
};

/** The same as Markdown, as a section of its own. */
export const renderMarkdown = ({ title, head, rows, notes }: Report): string => {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    line(head),
    line(head.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rows.map(line),
    ...notes.flatMap((note) => ['', note]),
    '',
  ].join('\n');
};
