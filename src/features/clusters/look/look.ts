import type { ClusterRef } from '../../../domain/kubernetes/model.ts';

/** How the view is looked at: what a person chose under "View Options". Kept for each workspace. */
export interface Look {
  readonly groupBy: 'namespace' | 'release';
  /** {@link pinOf} of the namespaces that come first. */
  readonly pinned: readonly string[];
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

export function isFiltering({ text, labels, onlyProblems }: Look): boolean {
  return text.trim() !== '' || labels.trim() !== '' || onlyProblems;
}

/** What was kept, by whatever version of Jarvis: each part that is not as it should be is as it is at first. */
export function readLook(kept: unknown): Look {
  const parts = (typeof kept === 'object' && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>;
  const text = (part: unknown) => (typeof part === 'string' ? part : '');
  const { pinned } = parts;
  return {
    groupBy: parts['groupBy'] === 'release' ? 'release' : 'namespace',
    pinned: Array.isArray(pinned) ? pinned.filter((pin) => typeof pin === 'string') : [],
    hidesSystem: parts['hidesSystem'] === true,
    text: text(parts['text']),
    labels: text(parts['labels']),
    onlyProblems: parts['onlyProblems'] === true,
  };
}
