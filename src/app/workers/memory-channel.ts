import type { Channel } from '../../snapshot/feed.ts';

/**
 * Two ends of a channel within one process. Messages arrive in order, after the sender's current
 * turn, as they would between processes, but they are not copied: nobody may change one.
 */
export const memoryChannel = <A, B>(): [Channel<A, B>, Channel<B, A>] => {
  const left = new MemoryEnd<A, B>();
  const right = new MemoryEnd<B, A>();
  left.peer = right;
  right.peer = left;
  return [left, right];
};

class MemoryEnd<Out, In> implements Channel<Out, In> {
  peer: MemoryEnd<In, Out> | undefined;
  #receiver: ((message: In, handle: unknown) => void) | undefined;
  #inbox: { message: In; handle: unknown }[] = [];
  #closed = false;
  readonly #closeListeners: (() => void)[] = [];

  send(message: Out, handle?: unknown): void {
    if (!this.#closed) {
      this.peer?.take(message, handle);
    }
  }

  receive(receiver: (message: In, handle: unknown) => void): void {
    this.#receiver = receiver;
    queueMicrotask(() => this.#deliver());
  }

  onClose(listener: () => void): void {
    this.#closeListeners.push(listener);
  }

  close(): void {
    if (!this.#closed) {
      this.#closed = true;
      this.peer?.close();
      for (const listener of this.#closeListeners) {
        listener();
      }
    }
  }

  take(message: In, handle: unknown): void {
    this.#inbox.push({ message, handle });
    queueMicrotask(() => this.#deliver());
  }

  #deliver(): void {
    if (this.#receiver !== undefined) {
      for (const { message, handle } of this.#inbox.splice(0)) {
        this.#receiver(message, handle);
      }
    }
  }
}
