/**
 * The header lines of a request or response, parsed strictly (RFC 9112 §5, RFC 9110 §5): a token,
 * a colon with nothing before it, a value without control characters, CR LF. No folding.
 *
 * Text is latin1: one character a byte. Lines are kept as offsets; names and values become strings
 * only when somebody asks, since most are merely passed on.
 */
export class HeaderLines {
  /** The head that the offsets refer to. */
  text = '';
  /** Just behind the last line. */
  linesEnd = 0;
  /** For each line: its start, and the end of its name, the start of its value, the end of its value. */
  readonly #offsets: number[] = [];
  /** Lines that are not passed on, ascending; one may be there twice. */
  #dropped: number[] | undefined;
  /** What `Connection` names; undefined: nothing but keep-alive. Lower case. */
  nominated: string[] | undefined = undefined;
  #names: string[] | undefined;
  #values: string[] | undefined;

  get count(): number {
    return this.#offsets.length >> 2;
  }

  /** Lower case, in order. */
  get names(): readonly string[] {
    if (this.#names === undefined) {
      this.#names = [];
      for (let i = 0; i < this.count; i++) this.#names.push(this.name(i));
    }
    return this.#names;
  }

  /** Without white space around them. */
  get values(): readonly string[] {
    if (this.#values === undefined) {
      this.#values = [];
      for (let i = 0; i < this.count; i++) this.#values.push(this.value(i));
    }
    return this.#values;
  }

  name(index: number): string {
    const at = index << 2;
    return this.text.slice(this.#offsets[at], this.#offsets[at + 1]).toLowerCase();
  }

  value(index: number): string {
    const at = index << 2;
    return this.text.slice(this.#offsets[at + 2], this.#offsets[at + 3]);
  }

  lineStart(index: number): number {
    return this.#offsets[index << 2]!;
  }

  /** White space around a value may be tabs; around a value that frames a body, readers disagree. */
  hasTab(index: number): boolean {
    const end = this.lineEnd(index);
    for (let i = this.lineStart(index); i < end; i++) {
      if (this.text.charCodeAt(i) === 9) return true;
    }
    return false;
  }

  /** Offset behind the line's CR LF. */
  lineEnd(index: number): number {
    return this.#offsets[(index + 1) << 2] ?? this.linesEnd;
  }

  /** Always true, so that reading a line may end with it. */
  drop(index: number): true {
    this.#dropped ??= [];
    this.#dropped.push(index);
    return true;
  }

  isDropped(index: number): boolean {
    return this.#dropped?.includes(index) === true;
  }

  /** Takes the value of a `Connection` line. */
  nominate(value: string): void {
    if (value !== 'keep-alive') this.nominated = [...(this.nominated ?? []), ...listTokens(value)];
  }

  /** Lines that `Connection` names belong to the connection, too (RFC 9110 §7.6.1), but for those in `kept`. */
  dropNominated(kept: ReadonlySet<string>): void {
    const nominated: number[] = [];
    for (let i = 0; i < this.count; i++) {
      const name = this.name(i);
      if (this.nominated?.includes(name) && !kept.has(name)) nominated.push(i);
    }
    this.dropLater(nominated);
  }

  /** For lines of which it is known only after others that they are not passed on. */
  dropLater(indexes: readonly number[]): void {
    this.#dropped = [...(this.#dropped ?? []), ...indexes].sort((a, b) => a - b);
  }

  /** The text from `start` to the end of the lines without those that were dropped, in runs as they came. */
  keptFrom(start: number): string {
    const { text, linesEnd } = this;
    let out = '';
    let copyFrom = start;
    if (this.#dropped !== undefined) {
      for (const index of this.#dropped) {
        const lineStart = this.lineStart(index);
        if (copyFrom < lineStart) out += text.slice(copyFrom, lineStart);
        copyFrom = this.lineEnd(index);
      }
    }
    return copyFrom < linesEnd ? out + text.slice(copyFrom, linesEnd) : out;
  }

  /** What is kept, as HTTP/2 has it: name, value, name, value…, names in lower case. */
  toHttp2(): string[] {
    const fields: string[] = [];
    const { names, values } = this;
    for (let i = 0; i < names.length; i++) {
      if (!this.#dropped?.includes(i)) fields.push(names[i]!, values[i]!);
    }
    return fields;
  }

  /**
   * Parses the lines in `text` from `start` to `end`, where `end` is just behind the last line's CR LF.
   * Calls `special` for the lines whose names may be among `specialNames`; it returns false to refuse the head.
   * Returns false when a line is malformed or there are more than `maxCount`.
   */
  parse(
    text: string,
    start: number,
    end: number,
    maxCount: number,
    specialNames: NameFilter,
    special: (index: number) => boolean,
  ): boolean {
    this.text = text;
    this.linesEnd = end;
    const offsets = this.#offsets;
    let position = start;
    let count = 0;
    // Every loop ends at the CR of a line at the latest: the caller found CR LF at `end - 2`.
    while (position < end) {
      if (count === maxCount) return false;
      const lineStart = position;
      const first = text.charCodeAt(position);
      let code = first;
      while (code !== 58 /* : */) {
        if (!isTokenCode(code)) return false;
        code = text.charCodeAt(++position);
      }
      if (position === lineStart) return false;
      const nameEnd = position;
      code = text.charCodeAt(++position);
      while (code === 32 || code === 9) code = text.charCodeAt(++position);
      const valueStart = position;
      let valueEnd = position;
      while (code !== 13) {
        if (code > 32 && code !== 127) {
          valueEnd = ++position;
        } else {
          if (code !== 32 && code !== 9) return false;
          position++;
        }
        code = text.charCodeAt(position);
      }
      if (text.charCodeAt(position + 1) !== 10) return false;
      position += 2;
      offsets.push(lineStart, nameEnd, valueStart, valueEnd);
      if (specialNames.mayContain(nameEnd - lineStart, first) && !special(count)) return false;
      count++;
    }
    return position === end;
  }
}

/** Tells most names that are not in a set from their length and first letter alone, without making a string. */
export class NameFilter {
  readonly #table = new Uint8Array(64 * 32);

  /** @param prefix beside `names`, every name that is longer than this and begins with its letter */
  constructor(names: Iterable<string>, prefix?: string) {
    for (const name of names) this.#table[keyOf(name.length, name.charCodeAt(0))] = 1;
    if (prefix === undefined) return;
    for (let length = prefix.length; length < 64; length++) {
      this.#table[keyOf(length, prefix.charCodeAt(0))] = 1;
    }
  }

  mayContain(length: number, firstCode: number): boolean {
    return this.#table[keyOf(length, firstCode)] === 1;
  }
}

/** Long names share the last row; letters of either case share a column. */
const keyOf = (length: number, firstCode: number): number =>
  ((length < 64 ? length : 63) << 5) | (firstCode & 31);

/** RFC 9110 §5.6.2 `tchar`, by byte. */
const TOKEN_CODES = new Uint8Array(256);
for (const character of "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
  TOKEN_CODES[character.charCodeAt(0)] = 1;
}

export const isTokenCode = (code: number): boolean => TOKEN_CODES[code] === 1;

/** Digits only, at most 15 of them, so that the number is exact; -1 for anything else (RFC 9110 §8.6). */
export function parseContentLength(value: string): number {
  if (value.length === 0 || value.length > 15) return -1;
  let length = 0;
  for (let i = 0; i < value.length; i++) {
    const digit = value.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    length = length * 10 + digit;
  }
  return length;
}

/** The tokens of a comma-separated list header, in lower case. */
function listTokens(value: string): string[] {
  const tokens: string[] = [];
  for (const item of value.split(',')) {
    const token = item.trim().toLowerCase();
    if (token !== '') tokens.push(token);
  }
  return tokens;
}

/** A line feed without its carriage return ends no line; waiting for more would only hide the error. */
export function hasBareLineFeed(text: string): boolean {
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (text.charCodeAt(at - 1) !== 13) return true;
  }
  return false;
}
