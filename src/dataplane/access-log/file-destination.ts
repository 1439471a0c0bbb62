import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { LogDestination } from './log-destination.ts';

export interface FileDestinationOptions {
  readonly path: string;
  /** A file that has reached this size is put aside; default 64 MiB. */
  readonly maxBytes?: number;
  /** How many files put aside are kept, as `path.1` (the youngest) and so on; default 4. */
  readonly keep?: number;
}

/**
 * Appends to a file that several processes may share: each batch is one write in append mode, so
 * lines never mix. The folder is made when it is missing, and a file that was moved or removed
 * under us is made again.
 */
export class FileDestination implements LogDestination {
  readonly #path: string;
  readonly #maxBytes: number;
  readonly #keep: number;
  #file: FileHandle | undefined;
  #inode = 0n;

  constructor({ path, maxBytes = 64 * 1024 * 1024, keep = 4 }: FileDestinationOptions) {
    this.#path = path;
    this.#maxBytes = maxBytes;
    this.#keep = keep;
  }

  async write(batch: Buffer): Promise<void> {
    try {
      const file = await this.#ready();
      const { bytesWritten } = await file.write(batch);
      if (bytesWritten < batch.length) await this.#undoPart(file, batch, bytesWritten);
    } catch (error) {
      // The next batch begins with a new handle: a full disk may have room again, a folder may be back.
      await this.close().catch(() => {});
      throw error;
    }
  }

  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await file?.close();
  }

  /** The open file, after a look at what is at its path now: another process may have put it aside. */
  async #ready(): Promise<FileHandle> {
    const there = await stat(this.#path, { bigint: true }).catch(() => undefined);
    if (there !== undefined && there.size >= BigInt(this.#maxBytes)) {
      await this.#rotate();
    } else if (this.#file !== undefined && there?.ino === this.#inode) {
      return this.#file;
    }
    await this.close();
    await mkdir(dirname(this.#path), { recursive: true });
    const file = await open(this.#path, 'a', 0o600);
    this.#file = file;
    this.#inode = (await file.stat({ bigint: true })).ino;
    return file;
  }

  /**
   * Two processes may come here at once. `path.lock` lets one of them in; the other goes on with
   * what is there. A lock whose maker died is removed after ten seconds.
   */
  async #rotate(): Promise<void> {
    const lock = `${this.#path}.lock`;
    try {
      await mkdir(lock);
    } catch {
      const held = await stat(lock).catch(() => undefined);
      if (held !== undefined && Date.now() - held.mtimeMs > 10_000) {
        await rm(lock, { recursive: true, force: true });
      }
      return;
    }
    try {
      const there = await stat(this.#path).catch(() => undefined);
      if (there === undefined || there.size < this.#maxBytes) return;
      await rm(`${this.#path}.${this.#keep}`, { force: true });
      for (let i = this.#keep - 1; i >= 1; i -= 1) {
        await rename(`${this.#path}.${i}`, `${this.#path}.${i + 1}`).catch(() => {});
      }
      if (this.#keep > 0) await rename(this.#path, `${this.#path}.1`);
      else await rm(this.#path, { force: true });
    } finally {
      await rm(lock, { recursive: true, force: true });
    }
  }

  /** A disk that fills up takes a part of a batch; what follows must begin on a line of its own. */
  async #undoPart(file: FileHandle, batch: Buffer, written: number): Promise<void> {
    if (written > 0 && batch[written - 1] !== 0x0a) await file.write('\n').catch(() => {});
    throw new Error(`only ${written} of ${batch.length} bytes fitted`);
  }
}
