/** Room for some hundred response heads, or one full frame with what stands before it. */
const SLAB_BYTES = 32 * 1024;
/** 2 MiB that are kept for the next writer. */
const MAX_FREE = 64;

const free: Buffer[] = [];

/** Memory to write into: kept by a session only as long as something of it has not left yet. */
export const takeSlab = (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(SLAB_BYTES);

/** Takes memory back that nobody reads any more. Other sizes are left to the garbage collector. */
export const returnSlab = (slab: Buffer): void => {
  if (slab.length === SLAB_BYTES && free.length < MAX_FREE) free.push(slab);
};
