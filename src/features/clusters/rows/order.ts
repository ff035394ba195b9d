export function byName<T extends { readonly name: string }>(objects: readonly T[]): readonly T[] {
  return [...objects].sort((a, b) => collator.compare(a.name, b.name));
}

/** `web-2` before `web-10`. */
const collator = new Intl.Collator('en', { numeric: true });
