/** Where the lines of one subscription go. */
export interface LogDestination {
  /**
   * Takes complete lines, line ends included. Resolves when they are where they should be and
   * rejects when they are lost. Never called again before the promise has settled.
   */
  write(batch: Buffer): Promise<void>;
  /** Releases what is open; the last batch was written or given up before. */
  close(): Promise<void>;
}
