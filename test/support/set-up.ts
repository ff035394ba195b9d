import type { Link } from '../../src/domain/set-up/link.ts';

/** Links as a person reads them: `missing Repository → openSetting`. */
export function inShort(links: readonly Link[]): readonly string[] {
  return links.map(({ state, title, remedies: [remedy] }) => `${state} ${title}${remedy ? ` → ${remedy.kind}` : ''}`);
}
