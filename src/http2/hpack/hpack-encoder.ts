import { DEFAULT_TABLE_SIZE, DynamicTable } from './dynamic-table.ts';
import { type Indexing, indexingOf } from './indexing.ts';
import { writeLatin1 } from './latin1.ts';
import { FIELD_OVERHEAD, STATIC_NAMES, STATIC_TABLE } from './static-table.ts';

/** What is known of a name: as long as a table has it. */
interface KnownName {
  readonly name: string;
  readonly indexing: Indexing;
  /** In the static table; 0: it is not there. */
  readonly staticIndex: number;
  /** With which it stands there, from that index on. */
  readonly staticValues: readonly string[];
  /** With which it is in the dynamic table, oldest first, and the numbers of those entries. */
  readonly values: string[];
  readonly numbers: number[];
  /** Fields since the last one that was in a table. */
  misses: number;
}

interface Entry {
  readonly size: number;
  readonly known: KnownName;
}

/** The highest bits of a field's first byte (RFC 7541 §6), and the mask of the number that follows them. */
const INDEXED = 0x80;
const INDEXED_MASK = 0x7f;
const INCREMENTAL = 0x40;
const INCREMENTAL_MASK = 0x3f;
const SIZE_UPDATE = 0x20;
const SIZE_UPDATE_MASK = 0x1f;
const NEVER_INDEXED = 0x10;
const WITHOUT_INDEXING = 0x00;
const LITERAL_MASK = 0x0f;
const LENGTH_MASK = 0x7f;

/** A secret that is shorter may be guessed: nobody on the way is to index it (RFC 7541 §7.1.3). */
const SHORT_SECRET = 20;

/** A usual name whose values have not come again so often is taken for a varying one… */
const MAX_MISSES = 8;
/** …and tried again after as many. */
const MISSES_BETWEEN_TRIES = 64;

/** Most that a number takes: a first byte and all bits of a length. */
const NUMBER_BYTES = 6;
/** Of a field beside its texts: the first byte with an index, two lengths. */
const FIELD_BYTES = 3 * NUMBER_BYTES;

/** How much room `encode` wants. */
export function encodedBound(fields: readonly string[]): number {
  // Two table size updates may come first.
  let bound = 2 * NUMBER_BYTES + (fields.length >>> 1) * FIELD_BYTES;
  for (let i = 0; i < fields.length; i++) bound += fields[i]!.length;
  return bound;
}

/**
 * Writes the header blocks of one direction of a connection (RFC 7541), in the order in which they are
 * sent. Texts are written as they are: Huffman coding takes five times as long to write and twice as long
 * to read as a copy does, and saves a quarter of what is in no table.
 */
export class HpackEncoder {
  readonly #maxTableSize: number;
  readonly #names = new Map<string, KnownName>();
  readonly #table = new DynamicTable<Entry>(({ known }) => {
    known.values.shift();
    known.numbers.shift();
    if (known.values.length === 0 && known.staticIndex === 0) this.#names.delete(known.name);
  });
  /** The smallest size since the last block; undefined: the peer knows the size. */
  #smallestSize: number | undefined;

  /** @param options.maxTableSize however much more the peer may offer */
  constructor(options: { readonly maxTableSize: number }) {
    this.#maxTableSize = options.maxTableSize;
    if (options.maxTableSize < DEFAULT_TABLE_SIZE) this.setPeerMaxTableSize(DEFAULT_TABLE_SIZE);
  }

  /**
   * The peer's SETTINGS_HEADER_TABLE_SIZE, to be told before its settings are acknowledged. The next block
   * says what became of it (RFC 7541 §4.2).
   */
  setPeerMaxTableSize(peerMaxSize: number): void {
    const size = Math.min(peerMaxSize, this.#maxTableSize);
    if (size === this.#table.maxSize) return;
    this.#smallestSize = Math.min(size, this.#smallestSize ?? size);
    this.#table.resize(size);
  }

  /**
   * Writes a whole header block, which then has to be sent: the tables of both sides change with it.
   *
   * @param fields name in lower case, value, name, value… as latin1, one character a byte
   * @param neverIndexed names whose fields nobody on the way is to index, as `DecodeResult` has them
   * @param out with room for `encodedBound(fields)` from `offset` on
   * @returns where the block ends in `out`
   */
  encode(
    fields: readonly string[],
    neverIndexed: readonly string[] | undefined,
    out: Buffer,
    offset: number,
  ): number {
    let at = this.#smallestSize === undefined ? offset : this.#writeSizeUpdates(out, offset);
    for (let i = 0; i < fields.length; i += 2) {
      const name = fields[i]!;
      const value = fields[i + 1]!;
      const known = this.#names.get(name) ?? this.#meet(name);
      const isMarked = neverIndexed?.includes(name) === true;
      const index = isMarked ? 0 : this.#find(known, value);
      at =
        index === 0
          ? this.#writeNew(out, at, known, value, isMarked)
          : writeNumber(out, at, INDEXED, INDEXED_MASK, index);
    }
    return at;
  }

  #writeSizeUpdates(out: Buffer, offset: number): number {
    const size = this.#table.maxSize;
    const smallest = this.#smallestSize!;
    this.#smallestSize = undefined;
    const at =
      smallest < size ? writeNumber(out, offset, SIZE_UPDATE, SIZE_UPDATE_MASK, smallest) : offset;
    return writeNumber(out, at, SIZE_UPDATE, SIZE_UPDATE_MASK, size);
  }

  /** A name that is not in the dynamic table; those of the static one are kept from now on. */
  #meet(name: string): KnownName {
    const fixed = STATIC_NAMES.get(name);
    const known: KnownName = {
      name,
      indexing: indexingOf(name),
      staticIndex: fixed?.index ?? 0,
      staticValues: fixed?.values ?? [],
      values: [],
      numbers: [],
      misses: 0,
    };
    if (fixed !== undefined) this.#names.set(name, known);
    return known;
  }

  /** @returns the index of the field, 0 when it is in no table */
  #find(known: KnownName, value: string): number {
    const { values, staticValues } = known;
    for (let i = values.length - 1; i >= 0; i--) {
      if (values[i] === value) {
        known.misses = 0;
        return this.#indexOf(known.numbers[i]!);
      }
    }
    for (let i = 0; i < staticValues.length; i++) {
      if (staticValues[i] === value) return known.staticIndex + i;
    }
    return 0;
  }

  #indexOf(number: number): number {
    return STATIC_TABLE.length - 1 + this.#table.added - number;
  }

  #nameIndex(known: KnownName): number {
    if (known.staticIndex > 0) return known.staticIndex;
    const { numbers } = known;
    return numbers.length === 0 ? 0 : this.#indexOf(numbers[numbers.length - 1]!);
  }

  /** @param isMarked nobody is to index it */
  #writeNew(out: Buffer, offset: number, known: KnownName, value: string, isMarked: boolean) {
    const { name, indexing } = known;
    const nameIndex = this.#nameIndex(known);
    const size = name.length + value.length + FIELD_OVERHEAD;
    if (isMarked || !this.#isWorthIndexing(known, nameIndex, size)) {
      const isShortSecret = indexing === 'secret' && value.length < SHORT_SECRET;
      const kind = isMarked || isShortSecret ? NEVER_INDEXED : WITHOUT_INDEXING;
      return writeLiteral(out, offset, kind, LITERAL_MASK, nameIndex, name, value);
    }
    this.#add(known, size, value);
    return writeLiteral(out, offset, INCREMENTAL, INCREMENTAL_MASK, nameIndex, name, value);
  }

  #isWorthIndexing(known: KnownName, nameIndex: number, size: number): boolean {
    // It would push out most of what is there.
    if (size > this.#table.maxSize >>> 1) return false;
    if (known.indexing !== 'usual') return known.indexing === 'varying' && nameIndex === 0;
    known.misses++;
    return known.misses <= MAX_MISSES || known.misses % MISSES_BETWEEN_TRIES === 0;
  }

  #add(known: KnownName, size: number, value: string): void {
    const number = this.#table.added;
    this.#table.add({ size, known });
    known.values.push(ownText(value));
    known.numbers.push(number);
    // Not there yet, or let go of to make room.
    if (known.staticIndex === 0) this.#names.set(known.name, known);
  }
}

/** What comes may be a slice of a whole head, which it would keep in memory. V8 sees to that for keys of a Map. */
const ownText = (text: string): string => Buffer.from(text, 'latin1').toString('latin1');

/** RFC 7541 §5.1. @param kind the bits above the mask */
function writeNumber(out: Buffer, offset: number, kind: number, mask: number, number: number) {
  if (number < mask) {
    out[offset] = kind | number;
    return offset + 1;
  }
  out[offset] = kind | mask;
  let at = offset + 1;
  let rest = number - mask;
  for (; rest >= 0x80; rest >>>= 7) out[at++] = (rest & 0x7f) | 0x80;
  out[at++] = rest;
  return at;
}

function writeLiteral(
  out: Buffer,
  offset: number,
  kind: number,
  mask: number,
  nameIndex: number,
  name: string,
  value: string,
): number {
  const at = writeNumber(out, offset, kind, mask, nameIndex);
  return writeText(out, nameIndex === 0 ? writeText(out, at, name) : at, value);
}

const writeText = (out: Buffer, offset: number, text: string): number =>
  writeLatin1(out, writeNumber(out, offset, 0, LENGTH_MASK, text.length), text);
