import type { ClusterRef } from '../../../domain/kubernetes/model.ts';

/** How the view is looked at: what a person chose under "View Options". Kept for each workspace. */
export interface Look {
  readonly groupBy: 'namespace' | 'release';
  /** {@link pinOf} of the namespaces that come first. */
  readonly pinned: readonly string[];
  /** {@link pinOf} of the namespaces that somebody named where a cluster does not let them be listed. */
  readonly named: readonly string[];
  readonly hidesSystem: boolean;
  /** Words that names must contain. */
  readonly text: string;
  /** A label selector as it was typed. */
  readonly labels: string;
  readonly onlyProblems: boolean;
}

/** Everything, as the server has it. */
export const plainLook: Look = {
  groupBy: 'namespace',
  pinned: [],
  named: [],
  hidesSystem: false,
  text: '',
  labels: '',
  onlyProblems: false,
};

export const noFilter = { text: '', labels: '', onlyProblems: false } as const satisfies Partial<Look>;

/** A namespace has no slash in its name; a context may. */
export function pinOf({ context }: Pick<ClusterRef, 'context'>, namespace: string): string {
  return `${context}/${namespace}`;
}

/** The names of the namespaces of this context among such pins. */
export function namesOf({ context }: Pick<ClusterRef, 'context'>, pins: readonly string[]): readonly string[] {
  return pins
    .filter((pin) => pin.startsWith(`${context}/`))
    .map((pin) => pin.slice(context.length + 1))
    .filter((name) => !name.includes('/'));
}

export function isFiltering({ text, labels, onlyProblems }: Look): boolean {
  return text.trim() !== '' || labels.trim() !== '' || onlyProblems;
}

/** What was kept, by whatever version of Jarvis: each part that is not as it should be is as it is at first. */
export function readLook(kept: unknown): Look {
  const parts = (typeof kept === 'object' && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>;
  const text = (part: unknown) => (typeof part === 'string' ? part : '');
  const texts = (part: unknown) => (Array.isArray(part) ? part.filter((one) => typeof one === 'string') : []);
  return {
    groupBy: parts['groupBy'] === 'release' ? 'release' : 'namespace',
    pinned: texts(parts['pinned']),
    named: texts(parts['named']),
    hidesSystem: parts['hidesSystem'] === true,
    text: text(parts['text']),
    labels: text(parts['labels']),
    onlyProblems: parts['onlyProblems'] === true,
  };
}
