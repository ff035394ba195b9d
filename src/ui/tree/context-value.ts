import type { Row, Subject } from './model.ts';

/** The row's own words, and `+name` for each thing that a command can be given, so that menus follow from the subject. */
export function contextValue({ context = '' }: Row, subject: Subject): string {
  return [context, ...Object.keys(subject).map((name) => `+${name}`)].join(' ').trim();
}
