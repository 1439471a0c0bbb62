/** What one VPC has of something. */
export interface Share {
  count: number;
}

/**
 * Something of which a worker has only so much, for all of its VPCs. Where they share it none may have
 * more than is free for the others: a single one gets half of it, two a third each, and whoever comes
 * finds room. (The rule is that of dynamic thresholds for buffers of switches, Choudhury and Hahne,
 * 1998.) As long as less than half of all is in use, it keeps nobody out.
 */
export class SharedRoom {
  /** Whether several VPCs may want some. */
  isShared = false;
  #free: number;

  /** @param most altogether */
  constructor(most: number) {
    this.#free = most;
  }

  hasRoomFor(share: Readonly<Share>): boolean {
    // Asked for each request.
    return this.isShared ? share.count < this.#free : this.#free > 0;
  }

  /** False, and nothing is taken: there is no room for one more. */
  tryTake(share: Share): boolean {
    if (!this.hasRoomFor(share)) return false;
    this.take(share);
    return true;
  }

  /** Whether there is room or not. */
  take(share: Share): void {
    share.count++;
    this.#free--;
  }

  giveBack(share: Share): void {
    share.count--;
    this.#free++;
  }
}
