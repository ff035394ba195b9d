import { t } from '../../../core/l10n.ts';
import { toJarvisError } from '../../../core/errors.ts';
import { parseSelector } from '../../../domain/kubernetes/selector-text.ts';
import { ask } from '../../../ui/prompts.ts';
import type { Look } from './look.ts';

/** @throws CancelledError */
export async function askForText({ text }: Look): Promise<Partial<Look>> {
  return {
    text: await ask({
      title: t('Filter Clusters by Name'),
      prompt: t('Words that the name, or the name of the namespace, must contain; empty for all.'),
      value: text,
    }),
  };
}

/** @throws CancelledError */
export async function askForLabels({ labels }: Look): Promise<Partial<Look>> {
  return {
    labels: await ask({
      title: t('Filter Clusters by Labels'),
      prompt: t('A label selector, as kubectl takes it; empty for all.'),
      placeHolder: 'app=web,tier!=db,env in (prod, stage),!legacy',
      value: labels,
      validateInput: problemOf,
    }),
  };
}

function problemOf(text: string): string | undefined {
  try {
    parseSelector(text);
    return undefined;
  } catch (error) {
    return toJarvisError(error).message;
  }
}
