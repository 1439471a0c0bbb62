export interface PemBlock {
  /** `CERTIFICATE`, `PRIVATE KEY`. */
  readonly label: string;
  /** From `-----BEGIN` to the line feed behind `-----END …-----`. */
  readonly text: string;
}

const BEGIN = '-----BEGIN ';
const DASHES = '-----';

/**
 * The blocks of a text in PEM (RFC 7468); what stands between them is passed over, as that RFC and
 * OpenSSL do. Undefined when a block has no end. Takes time in proportion to the text.
 */
export const pemBlocks = (text: string): readonly PemBlock[] | undefined => {
  const blocks: PemBlock[] = [];
  let at = text.indexOf(BEGIN);
  while (at >= 0) {
    const labelEnd = text.indexOf(DASHES, at + BEGIN.length);
    const label = text.slice(at + BEGIN.length, labelEnd);
    const end = `-----END ${label}-----`;
    const endAt = labelEnd < 0 ? -1 : text.indexOf(end, labelEnd);
    if (endAt < 0) return undefined;
    blocks.push({ label, text: `${text.slice(at, endAt)}${end}\n` });
    at = text.indexOf(BEGIN, endAt + end.length);
  }
  return blocks;
};

export const toPem = (label: string, der: Uint8Array): string => {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g);
  return `-----BEGIN ${label}-----\n${(lines ?? []).join('\n')}\n-----END ${label}-----\n`;
};
