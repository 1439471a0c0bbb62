/**
 * Finds an object of a JSON text that has a member twice: `JSON.parse` keeps the last and says
 * nothing, so half of a policy would be gone without a word.
 *
 * @param text that `JSON.parse` accepts
 * @returns path of the second one, such as `Statement[0].Condition.Bool`
 */
export const findDuplicateMember = (text: string): string | undefined => {
  const open: Level[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    const level = open.at(-1);
    if (character === '{') open.push({ names: new Set(), name: '', takesName: true });
    else if (character === '[') open.push({ index: 0 });
    else if (character === '}' || character === ']') open.pop();
    else if (character === ':' && level && 'names' in level) level.takesName = false;
    else if (character === ',' && level) {
      if ('names' in level) level.takesName = true;
      else level.index += 1;
    } else if (character === '"') {
      const end = endOfText(text, at);
      if (level && 'names' in level && level.takesName) {
        level.name = JSON.parse(text.slice(at, end + 1)) as string;
        if (level.names.has(level.name)) return pathOf(open);
        level.names.add(level.name);
      }
      at = end;
    }
  }
  return undefined;
};

type Level = { readonly names: Set<string>; name: string; takesName: boolean } | { index: number };

/** The closing quote of the text that opens at `start`. */
const endOfText = (text: string, start: number): number => {
  let at = start + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};

const pathOf = (levels: readonly Level[]): string =>
  levels
    .map((level) => ('names' in level ? `.${level.name}` : `[${level.index}]`))
    .join('')
    .replace(/^\./, '');
