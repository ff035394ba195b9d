import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { type Compared, readFrom, reasonOf } from './compare.ts';
import type { Place } from './place.ts';

/**
 * Writes files as they were seen: nothing at all where one of them is no longer what it was, and no further than the
 * first that cannot be written.
 * @throws JarvisError setUp.unsaved, setUp.unreadable, setUp.changedSince, setUp.notWritten
 */
export async function write(chosen: readonly Compared[], place: Place): Promise<void> {
  for (const { path, there } of chosen) {
    if (place.isUnsaved(path)) throw unsaved(path);
    if ((await readFrom(place, path)) !== there) throw changedSince(path);
  }
  for (const [index, { path, text }] of chosen.entries()) {
    try {
      await place.write(path, text);
    } catch (error) {
      throw await notWritten(chosen.slice(index), chosen.slice(0, index), place, error);
    }
  }
}

function unsaved(path: string): JarvisError {
  const message = t('{0} has unsaved changes. Save or revert them; nothing was written.', path);
  return new JarvisError({ code: 'setUp.unsaved', message, remedies: [{ kind: 'retry' }] });
}

function changedSince(path: string): JarvisError {
  const message = t('{0} has changed since it was shown; nothing was written.', path);
  return new JarvisError({ code: 'setUp.changedSince', message, remedies: [{ kind: 'retry' }] });
}

async function notWritten(
  left: readonly Compared[],
  written: readonly Compared[],
  place: Pick<Place, 'read'>,
  cause: unknown,
): Promise<JarvisError> {
  const [failed] = left;
  const path = failed?.path ?? '';
  // a full disk takes a part of a file
  const isWhole = await place.read(path).then(
    (now) => now === failed?.there,
    () => false,
  );
  const sentences = [
    t('{0} could not be written: {1}', path, reasonOf(cause)),
    isWhole ? '' : t('It may be incomplete.'),
    written.length === 0 ? t('No other file was written.') : t('Written before it: {0}.', named(written)),
  ];
  const message = sentences.filter((sentence) => sentence !== '').join(' ');
  return new JarvisError({ code: 'setUp.notWritten', message, cause, remedies: [{ kind: 'retry' }] });
}

function named(files: readonly Compared[]): string {
  return files.map(({ path }) => path).join(', ');
}
