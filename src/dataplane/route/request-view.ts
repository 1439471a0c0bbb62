import type { RequestHead } from '../request-head.ts';
import type { HeaderSlots, Subject } from './condition.ts';

/** One text; for a repeated header each of its values and all of them joined; undefined: no such header. */
export type Texts = string | readonly string[] | undefined;

/**
 * What conditions read of a request. Headers are searched and texts put into lower case when first
 * asked for, and once. One view serves all requests of a listener, one after the other: entries of
 * the request before are recognised by their turn, so that nothing needs clearing.
 */
export class RequestView {
  readonly #slots: HeaderSlots;
  readonly #slotNames: readonly string[];
  #head: RequestHead;
  #turn = 0;
  #lowerPath: string | undefined;
  #lowerTarget: string | undefined;
  readonly #texts: Texts[] = [];
  readonly #textTurns: number[];
  readonly #lowerTexts: Texts[] = [];
  readonly #lowerTurns: number[];
  readonly #presentSlots: number[] = [];
  #presentTurn = 0;

  constructor(slots: HeaderSlots) {
    this.#slots = slots;
    this.#slotNames = [...slots.keys()];
    this.#head = NO_HEAD;
    this.#textTurns = new Array(slots.size).fill(0);
    this.#lowerTurns = new Array(slots.size).fill(0);
  }

  begin(head: RequestHead): void {
    this.#head = head;
    this.#turn += 1;
    this.#lowerPath = undefined;
    this.#lowerTarget = undefined;
  }

  /** Lets go of the request. */
  end(): void {
    this.#head = NO_HEAD;
  }

  read(subject: Subject): Texts {
    const head = this.#head;
    switch (subject.field) {
      case 'method':
        return head.method;
      case 'path':
        if (!subject.isFolded) return head.path;
        this.#lowerPath ??= head.path.toLowerCase();
        return this.#lowerPath;
      case 'target':
        if (!subject.isFolded) return head.target;
        this.#lowerTarget ??= head.target.toLowerCase();
        return this.#lowerTarget;
      case 'header':
        return subject.isFolded ? this.#lowerHeader(subject.slot) : this.#header(subject.slot);
    }
  }

  /** Slots of the headers that the request has, each once. */
  presentSlots(): readonly number[] {
    const present = this.#presentSlots;
    if (this.#presentTurn === this.#turn) return present;
    this.#presentTurn = this.#turn;
    present.length = 0;
    const head = this.#head;
    for (const [line, name] of head.names.entries()) {
      const slot = this.#slots.get(name);
      if (slot === undefined || present.includes(slot) || head.isPassedOn?.(line) === false)
        continue;
      present.push(slot);
    }
    const hostSlot = this.#slots.get('host');
    if (hostSlot !== undefined && !present.includes(hostSlot)) present.push(hostSlot);
    return present;
  }

  #header(slot: number): Texts {
    if (this.#textTurns[slot] === this.#turn) return this.#texts[slot];
    this.#textTurns[slot] = this.#turn;
    const texts = this.#findHeader(this.#slotNames[slot]!);
    this.#texts[slot] = texts;
    return texts;
  }

  #lowerHeader(slot: number): Texts {
    if (this.#lowerTurns[slot] === this.#turn) return this.#lowerTexts[slot];
    this.#lowerTurns[slot] = this.#turn;
    const texts = this.#header(slot);
    const lower =
      typeof texts === 'string' ? texts.toLowerCase() : texts?.map((text) => text.toLowerCase());
    this.#lowerTexts[slot] = lower;
    return lower;
  }

  #findHeader(name: string): Texts {
    const head = this.#head;
    const { names, values } = head;
    // The authority, since HTTP/2 has no Host and an absolute request target outranks it.
    if (name === 'host') return head.authority;
    let found: string | string[] | undefined;
    for (let at = names.indexOf(name); at >= 0; at = names.indexOf(name, at + 1)) {
      if (head.isPassedOn?.(at) === false) continue;
      const value = values[at] as string;
      if (found === undefined) found = value;
      else if (typeof found === 'string') found = [found, value];
      else found.push(value);
    }
    return found === undefined || typeof found === 'string' ? found : [...found, found.join(',')];
  }
}

const NO_HEAD: RequestHead = {
  method: '',
  target: '',
  path: '',
  authority: '',
  host: '',
  names: [],
  values: [],
};
