import { compareNames } from '../../../core/natural-order.ts';

interface Named {
  readonly name: string;
}

/** `web-2` before `web-10`. */
export function byName<T extends Named>(objects: readonly T[]): readonly T[] {
  return [...objects].sort(compare);
}

/**
 * The same for thousands that are read again and again: what was in order stays so, and only what is new is put in its
 * place.
 */
export function keptByName<T extends Named & { readonly uid: string }>(): (objects: readonly T[]) => readonly T[] {
  let previous: readonly T[] = [];
  return (objects) => {
    const news = new Map(objects.map((object) => [object.uid, object]));
    const kept: T[] = [];
    for (const { uid } of previous) {
      const object = news.get(uid);
      if (!object) continue;
      kept.push(object);
      news.delete(uid);
    }
    previous = merged(kept, byName([...news.values()]));
    return previous;
  };
}

function merged<T extends Named>(kept: readonly T[], news: readonly T[]): readonly T[] {
  if (news.length === 0) return kept;
  const all: T[] = [];
  let next = 0;
  for (const added of news) {
    for (let at = kept[next]; at && compare(at, added) <= 0; at = kept[next]) {
      all.push(at);
      next++;
    }
    all.push(added);
  }
  return all.concat(kept.slice(next));
}

function compare(a: Named, b: Named): number {
  return compareNames(a.name, b.name);
}
