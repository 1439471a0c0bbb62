import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { FileDestination } from './file-destination.ts';

async function aFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'pergola-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function aDestination(path: string, options: { maxBytes?: number; keep?: number } = {}) {
  const destination = new FileDestination({ path, ...options });
  onTestFinished(() => destination.close());
  return { write: (text: string) => destination.write(Buffer.from(text)), destination };
}

describe('a log file', () => {
  test('is made with its folder, only for its owner, and appended to', async () => {
    const path = join(await aFolder(), 'logs', 'als-1.jsonl');
    await aDestination(path).write('one\n');
    const { write } = aDestination(path);
    await write('two\n');
    await write('three\n');
    expect(await readFile(path, 'utf8')).toBe('one\ntwo\nthree\n');
  });

  test('may be shared: batches of several writers stay whole', async () => {
    const path = join(await aFolder(), 'shared.jsonl');
    const writers = ['a', 'b', 'c'].map((letter) => ({ letter, ...aDestination(path) }));
    await Promise.all(
      writers.map(async ({ letter, write }) => {
        for (let i = 0; i < 20; i += 1) await write(`${letter.repeat(5_000)}\n`.repeat(3));
      }),
    );
    const lines = (await readFile(path, 'utf8')).split('\n').slice(0, -1);
    expect(lines).toHaveLength(180);
    expect(lines.filter((line) => !/^(a{5000}|b{5000}|c{5000})$/.test(line))).toEqual([]);
  });

  test('is put aside when it is full, and the oldest of those goes', async () => {
    const folder = await aFolder();
    const { write } = aDestination(join(folder, 'f'), { maxBytes: 8, keep: 2 });
    for (let i = 1; i <= 8; i += 1) await write(`line${i}\n`);
    const contents = await Promise.all(
      ['f', 'f.1', 'f.2'].map((name) => readFile(join(folder, name), 'utf8')),
    );
    expect(contents).toEqual(['line7\nline8\n', 'line5\nline6\n', 'line3\nline4\n']);
    expect((await readdir(folder)).sort()).toEqual(['f', 'f.1', 'f.2']);
  });

  test('that another writer put aside is followed by a new one', async () => {
    const path = join(await aFolder(), 'f');
    const { write } = aDestination(path);
    await write('old\n');
    await rename(path, `${path}.1`);
    await write('new\n');
    expect(await readFile(path, 'utf8')).toBe('new\n');
    expect(await readFile(`${path}.1`, 'utf8')).toBe('old\n');
  });

  test('comes back after its folder was removed', async () => {
    const folder = join(await aFolder(), 'logs');
    const { write } = aDestination(join(folder, 'f'));
    await write('old\n');
    await rm(folder, { recursive: true });
    await write('new\n');
    expect(await readFile(join(folder, 'f'), 'utf8')).toBe('new\n');
  });

  test('that cannot be made rejects its batch, and works again once it can', async () => {
    const folder = join(await aFolder(), 'logs');
    await writeFile(folder, 'in the way');
    const { write } = aDestination(join(folder, 'f'));
    await expect(write('lost\n')).rejects.toThrow();
    await rm(folder);
    await write('kept\n');
    expect(await readFile(join(folder, 'f'), 'utf8')).toBe('kept\n');
  });
});
