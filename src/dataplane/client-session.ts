/** What looks after a client's connection at a time. */
export interface ClientSession {
  /** Finish what runs, begin nothing more. */
  drain(): void;
  /** End at once. */
  destroy(): void;
}
