import type { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { CommandId, Trouble } from '../../contributions.ts';
import { firstRemedy, remedyLabel } from '../remedies.ts';
import { timeOfDay } from '../time.ts';
import type { TreeNode } from './model.ts';

/** Rows that stand for a state instead of a thing. Their keys begin with a character that no other key begins with. */
const mark = '\u0000';

export function isPlaceholder(node: TreeNode): boolean {
  return node.key.startsWith(mark);
}

/** @param soFar how many have come already, where that can be told */
export function loadingNode(soFar?: number): TreeNode {
  const label = soFar === undefined ? t('Loading…') : t('Loading… ({0} so far)', soFar);
  return { key: `${mark}loading`, row: () => ({ label, icon: { id: 'loading~spin' }, context: 'state.loading' }) };
}

export function emptyNode(text: string): TreeNode {
  return { key: `${mark}empty`, row: () => ({ label: text, icon: { id: 'circle-slash' }, context: 'state.empty' }) };
}

/** Why there is nothing to see, and the way out, one click away. */
export function errorNode(trouble: Trouble): TreeNode {
  const { error } = trouble;
  const icon = isForbidden(error)
    ? { id: 'lock', color: 'problemsWarningIcon.foreground' }
    : { id: 'error', color: 'problemsErrorIcon.foreground' };
  return {
    key: `${mark}error`,
    row: () => ({
      label: error.message,
      description: remedyLabel(firstRemedy(error)),
      icon,
      context: troubleContext(error),
      command: 'jarvis.solve',
    }),
    subject: { trouble },
    tooltip: () => ({ title: error.message, text: causes(error) }),
  };
}

/** Stands above rows that are old: since when, and why. */
export function staleNode(since: number, trouble: Trouble): TreeNode {
  return {
    key: `${mark}stale`,
    row: () => ({
      label: t('Not up to date since {0}', timeOfDay(since)),
      description: trouble.error.message,
      icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
      context: troubleContext(trouble.error, 'stale'),
      command: 'jarvis.solve',
    }),
    subject: { trouble },
    tooltip: () => ({
      title: t('Not up to date since {0}', timeOfDay(since)),
      text: causes(trouble.error),
    }),
  };
}

/** What menus go by: the state, and whether its way out is another than trying again. */
export function troubleContext(error: JarvisError, state = isForbidden(error) ? 'forbidden' : 'error'): string {
  return firstRemedy(error).kind === 'retry' ? `state.${state}` : `state.${state} solvable`;
}

export function moreNode(hidden: number, retry: () => void): TreeNode {
  return {
    key: `${mark}more`,
    row: () => ({
      label: t('{0} more…', hidden),
      icon: { id: 'ellipsis' },
      context: 'state.more',
      command: 'jarvis.retry',
    }),
    subject: { retry },
  };
}

/** The quicker way to one of many. */
export function narrowNode(command: CommandId): TreeNode {
  return {
    key: `${mark}narrow`,
    row: () => ({ label: t('Filter…'), icon: { id: 'filter' }, context: 'state.narrow', command }),
  };
}

function isForbidden(error: JarvisError): boolean {
  return error.code.endsWith('.forbidden');
}

function causes(error: JarvisError): string[] {
  const texts: string[] = [];
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause)
    if (cause.message && cause.message !== error.message) texts.push(cause.message);
  return texts;
}
