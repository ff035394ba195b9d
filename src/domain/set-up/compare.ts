import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { SetUpFile } from './files.ts';
import type { Place } from './place.ts';

/** A file beside what its place has. */
export interface Compared extends SetUpFile {
  /** What is there; undefined: nothing. */
  readonly there: string | undefined;
  /** `same`: also where only its lines end otherwise. */
  readonly is: 'new' | 'same' | 'different';
}

/** @throws JarvisError setUp.unreadable */
export function compare(files: readonly SetUpFile[], place: Pick<Place, 'read'>): Promise<readonly Compared[]> {
  return Promise.all(
    files.map(async (file) => {
      const there = await readFrom(place, file.path);
      return { ...file, there, is: difference(there, file.text) };
    }),
  );
}

/** What is there before anything is written. @throws JarvisError setUp.unreadable */
export async function readFrom(place: Pick<Place, 'read'>, path: string): Promise<string | undefined> {
  try {
    return await place.read(path);
  } catch (error) {
    throw unreadable(path, error);
  }
}

function difference(there: string | undefined, text: string): Compared['is'] {
  if (there === undefined) return 'new';
  return there.replaceAll('\r\n', '\n') === text ? 'same' : 'different';
}

function unreadable(path: string, cause: unknown): JarvisError {
  const message = t('{0} cannot be read: {1} Nothing was written.', path, reasonOf(cause));
  return new JarvisError({ code: 'setUp.unreadable', message, cause, remedies: [{ kind: 'retry' }] });
}

/** As a sentence. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return /[.!?]$/.test(message) ? message : `${message}.`;
}
