import { painter } from '../../src/cli/style.ts';
import type { Tally } from './load.ts';

/** Tells the demo's story on the standard output, and remembers whether everything held. */

export const paint = painter(process.stdout);

let isHolding = true;

/** Whether every check so far was true. */
export const hasHeld = (): boolean => isHolding;

export const say = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

export const heading = (text: string): void => say(paint('bold', text));

export const check = (isTrue: boolean, text: string): void => {
  isHolding &&= isTrue;
  say(`  ${isTrue ? paint('green', 'ok') : paint('red', 'NO')}  ${text}`);
};

/** `what` comes after the count: ` while …`. */
export const checkNoneFailed = ({ failed, sent, failures }: Tally, what = ''): void =>
  check(
    failed === 0,
    `${failed} of ${sent} requests failed${what}${failures.length > 0 ? `: ${failures.join(', ')}` : ''}`,
  );
