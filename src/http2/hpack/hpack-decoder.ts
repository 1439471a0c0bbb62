import { DEFAULT_TABLE_SIZE, DynamicTable } from './dynamic-table.ts';
import { HpackError } from './hpack-error.ts';
import { readHuffmanText } from './huffman-text.ts';
import { readLatin1 } from './latin1.ts';
import { STATIC_TABLE, type TableField, tableField } from './static-table.ts';

export interface DecodeResult {
  /** The list is longer than allowed: what was appended is only its beginning. */
  readonly isTooLarge: boolean;
  /**
   * Names of the fields that are never to be indexed (RFC 7541 §6.2.3), for `HpackEncoder.encode`.
   * Names rather than places, since those change on the way.
   */
  readonly neverIndexed: readonly string[] | undefined;
}

const PLAIN: DecodeResult = { isTooLarge: false, neverIndexed: undefined };

/** Bits that follow the first byte of a number: more would not be a length or an index of anything here. */
const MAX_NUMBER_BITS = 28;

/** Reads the header blocks of one direction of a connection (RFC 7541), in the order in which they came. */
export class HpackDecoder {
  readonly #table = new DynamicTable<TableField>();
  readonly #maxTableSize: number;
  /** Within the block that is decoded. */
  #at = 0;
  #end = 0;

  /**
   * @param options.maxTableSize what we announced as SETTINGS_HEADER_TABLE_SIZE. Not below 4096, with
   *   which every connection begins: when a peer has to have shrunk its table is not watched.
   */
  constructor(options: { readonly maxTableSize: number }) {
    if (!(options.maxTableSize >= DEFAULT_TABLE_SIZE)) {
      throw new RangeError(`\`${options.maxTableSize}\` is too small, take at least 4096`);
    }
    this.#maxTableSize = options.maxTableSize;
  }

  /**
   * Decodes a whole header block. A field that a peer sends by its index is the very same string as
   * before. When the list is too large the rest is decoded without being appended: the tables have to
   * stay in step.
   *
   * @param into gets name, value, name, value… as latin1, one character a byte
   * @param maxListSize of names, values and 32 bytes a field (RFC 9113 §6.5.2)
   * @throws {HpackError} when the block is malformed; the decoder is not to be used again
   */
  decode(
    block: Buffer,
    start: number,
    end: number,
    into: string[],
    maxListSize: number,
    maxFields: number,
  ): DecodeResult {
    this.#at = start;
    this.#end = end;
    this.#readSizeUpdates(block);
    let size = 0;
    let count = 0;
    let isTooLarge = false;
    let neverIndexed: string[] | undefined;
    while (this.#at < end) {
      const first = block[this.#at]!;
      let field: TableField;
      if (first >= 0x80) {
        field = this.#find(this.#readNumber(block, 0x7f));
      } else if (first >= 0x40) {
        field = this.#readLiteral(block, 0x3f);
        this.#table.add(field);
      } else if (first >= 0x20) {
        throw new HpackError('a table size update follows a field');
      } else {
        field = this.#readLiteral(block, 0x0f);
      }
      size += field.size;
      isTooLarge ||= size > maxListSize || ++count > maxFields;
      if (isTooLarge) continue;
      into.push(field.name, field.value);
      if ((first & 0xf0) === 0x10) {
        neverIndexed ??= [];
        neverIndexed.push(field.name);
      }
    }
    return isTooLarge || neverIndexed !== undefined ? { isTooLarge, neverIndexed } : PLAIN;
  }

  /** RFC 7541 §4.2: at the beginning of a block only. */
  #readSizeUpdates(block: Buffer): void {
    while (this.#at < this.#end && (block[this.#at]! & 0xe0) === 0x20) {
      const size = this.#readNumber(block, 0x1f);
      if (size > this.#maxTableSize) {
        throw new HpackError(`a table size of \`${size}\` is more than was announced`);
      }
      this.#table.resize(size);
    }
  }

  #find(index: number): TableField {
    const field =
      index < STATIC_TABLE.length
        ? STATIC_TABLE[index]!
        : this.#table.newest(index - STATIC_TABLE.length + 1);
    if (field === undefined || index === 0) {
      throw new HpackError(`there is no field with the index \`${index}\``);
    }
    return field;
  }

  /** @param mask of the bits of the first byte that belong to the name's index */
  #readLiteral(block: Buffer, mask: number): TableField {
    const index = this.#readNumber(block, mask);
    const name = index === 0 ? this.#readText(block) : this.#find(index).name;
    return tableField(name, this.#readText(block));
  }

  #readText(block: Buffer): string {
    if (this.#at >= this.#end) throw new HpackError('the block ends within a field');
    const isHuffman = block[this.#at]! >= 0x80;
    const length = this.#readNumber(block, 0x7f);
    const start = this.#at;
    const end = start + length;
    if (end > this.#end) throw new HpackError('the block ends within a text');
    this.#at = end;
    if (length === 0) return '';
    return isHuffman ? readHuffmanText(block, start, end) : readLatin1(block, start, end);
  }

  /** RFC 7541 §5.1. @param mask of the bits of the first byte that belong to the number */
  #readNumber(block: Buffer, mask: number): number {
    const prefix = block[this.#at++]! & mask;
    return prefix < mask ? prefix : this.#readLongNumber(block, mask);
  }

  #readLongNumber(block: Buffer, prefix: number): number {
    let number = prefix;
    for (let shift = 0; shift < MAX_NUMBER_BITS; shift += 7) {
      if (this.#at >= this.#end) throw new HpackError('the block ends within a number');
      const byte = block[this.#at++]!;
      number += (byte & 0x7f) << shift;
      if (byte < 0x80) return number;
    }
    throw new HpackError('a number is too long');
  }
}
