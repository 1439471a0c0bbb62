/** The messages of inventory.proto: `Item` and `Stock` agree in the numbers of their fields. */
export interface Item {
  readonly sku: string;
  readonly quantity: number;
}

export interface Stock extends Item {
  readonly answeredBy: string;
}

export const INVENTORY = {
  get: '/storefront.Inventory/Get',
  watch: '/storefront.Inventory/Watch',
  reserve: '/storefront.Inventory/Reserve',
} as const;

// Field number and wire type in one byte (Protocol Buffers, "Encoding").
const SKU = (1 << 3) | 2;
const QUANTITY = (2 << 3) | 0;
const ANSWERED_BY = (3 << 3) | 2;

export const encodeMessage = ({ sku, quantity, answeredBy }: Item & Partial<Stock>): Buffer =>
  Buffer.concat([
    text(SKU, sku),
    Buffer.of(QUANTITY, ...varint(quantity)),
    answeredBy === undefined ? Buffer.of() : text(ANSWERED_BY, answeredBy),
  ]);

const text = (field: number, value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.of(field, ...varint(bytes.length)), bytes]);
};

/** Seven bits a byte, the lowest first. */
const varint = (value: number): number[] => {
  const bytes: number[] = [];
  for (let rest = value >>> 0; rest > 0 || bytes.length === 0; rest >>>= 7) {
    bytes.push((rest & 127) | (rest > 127 ? 128 : 0));
  }
  return bytes;
};

/** Fields that are absent have the values that proto3 gives them. @throws Error for another field */
export const decodeMessage = (bytes: Buffer): Stock => {
  const message = { sku: '', quantity: 0, answeredBy: '' };
  let at = 0;
  const readVarint = (): number => {
    let value = 0;
    for (let shift = 0; shift < 32; shift += 7) {
      const byte = bytes.readUInt8(at++);
      value |= (byte & 127) << shift;
      if (byte < 128) return value >>> 0;
    }
    throw new Error('a number of more than 32 bits');
  };
  const readText = (): string => {
    const length = readVarint();
    at += length;
    if (at > bytes.length) throw new Error('a text that ends too early');
    return bytes.toString('utf8', at - length, at);
  };
  while (at < bytes.length) {
    const field = readVarint();
    if (field === SKU) message.sku = readText();
    else if (field === QUANTITY) message.quantity = readVarint();
    else if (field === ANSWERED_BY) message.answeredBy = readText();
    else throw new Error(`a field that inventory.proto does not have (${field})`);
  }
  return message;
};
