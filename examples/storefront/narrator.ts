import { painter } from '../../src/cli/style.ts';
import type { Tally } from './load.ts';

/** Tells a demo's story on the standard output, and remembers what held. */

export const paint = painter(process.stdout);

export interface Check {
  readonly isTrue: boolean;
  readonly text: string;
}

/** Every check so far, in order. */
export const checks: Check[] = [];

/** Whether every check so far was true. */
export const hasHeld = (): boolean => checks.every(({ isTrue }) => isTrue);

let isSilent = false;

/** Says nothing from now on, for a demo whose standard output is for programs. */
export const beSilent = (): void => {
  isSilent = true;
};

export const say = (text = ''): void => {
  if (!isSilent) process.stdout.write(`${text}\n`);
};

export const heading = (text: string): void => say(paint('bold', text));

export const check = (isTrue: boolean, text: string): void => {
  checks.push({ isTrue, text });
  say(`  ${isTrue ? paint('green', 'ok') : paint('red', 'NO')}  ${text}`);
};

/** `what` comes after the count: ` while …`. */
export const checkNoneFailed = ({ failed, sent, failures }: Tally, what = ''): void =>
  check(
    failed === 0,
    `${failed} of ${sent} requests failed${what}${failures.length > 0 ? `: ${failures.join(', ')}` : ''}`,
  );

/** Whether all of it held, and how long it took since `startedAt`, in ms since 1970. */
export const sayVerdict = (startedAt: number): void => {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  const verdict = hasHeld()
    ? paint('green', 'Everything held')
    : paint('red', 'Not everything held');
  say(`\n${verdict}, in ${seconds} s`);
};
