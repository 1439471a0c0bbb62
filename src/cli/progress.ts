import type { Output } from './style.ts';

export interface Progress {
  show(text: string): void;
  clear(): void;
}

/** One line that tells a waiting person how far it is; nothing at all where nobody watches. */
export const progressOn = (output: Output): Progress => {
  if (output.isTTY !== true) return { show: () => {}, clear: () => {} };
  return {
    show: (text) => output.write(`\r\u001b[K${text} …`),
    clear: () => output.write('\r\u001b[K'),
  };
};
