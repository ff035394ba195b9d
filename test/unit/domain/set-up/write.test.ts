import assert from 'node:assert/strict';
import { compare } from '../../../../src/domain/set-up/compare.ts';
import type { Place } from '../../../../src/domain/set-up/place.ts';
import { write } from '../../../../src/domain/set-up/write.ts';
import { thrown } from '../../../support/github/route-world.ts';

/** A folder that can be full, write-protected, or hold what an editor has not saved. */
class MemoryPlace implements Place {
  readonly files = new Map<string, string>();
  readonly unsaved = new Set<string>();
  /** Paths that take so many characters, and no more. */
  readonly room = new Map<string, number>();
  readonly broken = new Set<string>();

  read(path: string): Promise<string | undefined> {
    if (this.broken.has(path)) return Promise.reject(new Error('EIO: i/o error'));
    return Promise.resolve(this.files.get(path));
  }

  isUnsaved(path: string): boolean {
    return this.unsaved.has(path);
  }

  write(path: string, text: string): Promise<void> {
    const room = this.room.get(path) ?? text.length;
    if (room > 0) this.files.set(path, text.slice(0, room));
    return room < text.length ? Promise.reject(new Error('ENOSPC: no space left')) : Promise.resolve();
  }
}

describe('the files of a set-up', () => {
  const files = ['same.yml', 'new.yml', 'ours.yml'].map((path) => ({ path, text: `a: ${path}\nb: 2\n` }));
  let place: MemoryPlace;
  beforeEach(() => {
    place = new MemoryPlace();
    place.files.set('same.yml', 'a: same.yml\r\nb: 2\r\n').set('ours.yml', 'ours\n');
  });
  const seen = async () => (await compare(files, place)).filter(({ is }) => is !== 'same');
  const there = () => Object.fromEntries(place.files);

  it('are new, different, or the same however their lines end', async () => {
    assert.deepEqual(
      (await compare(files, place)).map(({ path, is }) => `${path} ${is}`),
      ['same.yml same', 'new.yml new', 'ours.yml different'],
    );
  });

  it('are written as they were seen', async () => {
    await write(await seen(), place);
    assert.deepEqual(
      (await compare(files, place)).map(({ is }) => is),
      ['same', 'same', 'same'],
    );
  });

  it('are not written, not one, over what has changed, is not saved or cannot be read', async () => {
    const refused = async (change: () => void) => {
      const chosen = await seen();
      change();
      const before = there();
      const { code, message } = await thrown(write(chosen, place));
      assert.deepEqual(there(), before);
      assert.match(message, /^ours\.yml .*othing was written\.$/);
      return code;
    };
    assert.equal(await refused(() => place.files.set('ours.yml', 'newer\n')), 'setUp.changedSince');
    assert.equal(await refused(() => place.files.delete('ours.yml')), 'setUp.changedSince');
    place.files.set('ours.yml', 'ours\n');
    assert.equal(await refused(() => place.unsaved.add('ours.yml')), 'setUp.unsaved');
    place.unsaved.clear();
    assert.equal(await refused(() => place.broken.add('ours.yml')), 'setUp.unreadable');
    assert.equal((await thrown(compare(files, place))).code, 'setUp.unreadable');
  });

  it('say which of them were written where one cannot be, and whether that one is whole', async () => {
    place.room.set('ours.yml', 0);
    const full = await thrown(write(await seen(), place));
    assert.equal(full.code, 'setUp.notWritten');
    assert.equal(full.message, 'ours.yml could not be written: ENOSPC: no space left. Written before it: new.yml.');
    assert.equal(place.files.get('ours.yml'), 'ours\n');

    place.files.delete('new.yml');
    place.room.set('new.yml', 3);
    const partly = await thrown(write(await seen(), place));
    assert.equal(
      partly.message,
      'new.yml could not be written: ENOSPC: no space left. It may be incomplete. No other file was written.',
    );
  });
});
