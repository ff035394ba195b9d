import { objectPath, patched } from '../shared/cluster.mjs';
import { remedy, wholeNumber } from '../shared/remedy.mjs';

/** Scale HPA: sets `spec.maxReplicas` to `max_replicas`. */
export function change({ target, values }) {
  const maxReplicas = wholeNumber(values, 'max_replicas', { min: 1, max: 99_999 });
  return {
    path: objectPath('autoscaling/v2', 'horizontalpodautoscalers', target),
    patch: { spec: { maxReplicas } },
    message: `maxReplicas is ${maxReplicas}`,
  };
}

export const handler = remedy((event) => patched(event, change(event)));
