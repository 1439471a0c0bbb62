type Callable = (...parameters: readonly (number | bigint | Uint8Array)[]) => number;

/** `node:ffi`'s names of C types. */
interface Signature {
  readonly arguments: readonly ('i32' | 'u64' | 'buffer')[];
  readonly return: 'i32';
}

/** The part of `node:ffi` that is used. */
interface Ffi {
  dlopen(
    library: null,
    symbols: Readonly<Record<string, Signature>>,
  ): { functions: Readonly<Record<string, Callable>> };
}

/**
 * Functions of the C library for which Node has no call of its own. They act on the thread that calls them.
 * @throws Error when this Node cannot call them, or there are none of these names.
 */
export const openCLibrary = <Name extends string>(
  symbols: Readonly<Record<Name, Signature>>,
): Readonly<Record<Name, Callable>> =>
  loadFfi().dlopen(null, symbols).functions as Readonly<Record<Name, Callable>>;

const loadFfi = (): Ffi => {
  // Node warns of an experimental module; who starts this can do nothing about it.
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    const ffi = process.getBuiltinModule('node:ffi') as unknown as Ffi | undefined;
    if (ffi === undefined) throw new Error('this Node.js has no `node:ffi`');
    return ffi;
  } finally {
    process.emitWarning = emitWarning;
  }
};
