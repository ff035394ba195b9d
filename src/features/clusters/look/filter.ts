import { type Health, isProblem } from '../../../domain/kubernetes/health.ts';
import type { KubeObject, LabelSelector } from '../../../domain/kubernetes/model.ts';
import { matches } from '../../../domain/kubernetes/selector.ts';
import { parseSelector } from '../../../domain/kubernetes/selector-text.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import { isFiltering, type Look } from './look.ts';

type Named = Pick<KubeObject, 'namespace' | 'name' | 'labels'>;

/** The look's filter, ready for use on many objects. */
export interface Filter {
  readonly isOn: boolean;
  /** Is it one of those that were asked for by words and labels? Each word is in its name or its namespace's. */
  isAbout(object: Named): boolean;
  /** Where only problems are shown, is it one? Without health it is none. */
  isDue(health?: Health): boolean;
  passes(object: Named, health?: Health): boolean;
}

export const filterOf: (look: Look) => Filter = perObject((look: Look): Filter => {
  const words = look.text.toLowerCase().split(/\s+/).filter(Boolean);
  const selector = selectorOf(look.labels);
  const isAbout = ({ namespace, name, labels }: Named) =>
    words.every((word) => name.toLowerCase().includes(word) || namespace.includes(word)) && matches(selector, labels);
  const isDue = (health?: Health) => !look.onlyProblems || (health !== undefined && isProblem(health));
  return {
    isOn: isFiltering(look),
    isAbout,
    isDue,
    passes: (object, health) => isAbout(object) && isDue(health),
  };
});

/** What is kept was checked when it was typed; should it be broken all the same, it chooses everything. */
function selectorOf(text: string): LabelSelector {
  try {
    return parseSelector(text);
  } catch {
    return parseSelector('');
  }
}
