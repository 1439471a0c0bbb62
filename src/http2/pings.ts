import type { FrameWriter } from './frame-writer.ts';

interface Ping {
  readonly number: number;
  readonly sentAt: number;
  readonly answered: () => void;
}

/** That wait for their answers at a time, but for one that tells when a shutdown was heard of. */
const MAX_PINGS = 8;

/** The PINGs that we have sent. Answers come in order. */
export class Pings {
  readonly #waiting: Ping[] = [];
  #number = 0;

  /** More than a few at a time tell nothing new. */
  get areEnough(): boolean {
    return this.#waiting.length >= MAX_PINGS;
  }

  send(writer: FrameWriter, now: number, answered: () => void): void {
    this.#waiting.push({ number: ++this.#number, sentAt: now, answered });
    const payload = Buffer.alloc(8);
    payload.writeUInt32BE(this.#number, 4);
    writer.ping(payload, 0, false);
  }

  /** Takes an answer; false when it is one to nothing of ours. */
  answer(payload: Buffer, start: number): boolean {
    const [first] = this.#waiting;
    if (first === undefined || payload.readUInt32BE(start + 4) !== first.number) return false;
    this.#waiting.shift();
    first.answered();
    return true;
  }

  /** Whether one is not answered that was sent by then. */
  isWaitingSince(time: number): boolean {
    return this.#waiting.length > 0 && this.#waiting[0]!.sentAt <= time;
  }
}
