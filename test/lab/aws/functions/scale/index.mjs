import { objectPath, patch } from '../shared/kubernetes.mjs';
import { remedy, wholeNumber } from '../shared/remedy.mjs';

/** Scale HPA: sets `spec.maxReplicas` to `max_replicas`. */
export const handler = remedy(async ({ planId, target, values }) => {
  const maxReplicas = wholeNumber(values, 'max_replicas', { min: 1, max: 99_999 });
  const path = objectPath('autoscaling/v2', 'horizontalpodautoscalers', target);
  await patch({ planId, target }, path, { spec: { maxReplicas } });
  console.log(`maxReplicas of ${target.name} is ${maxReplicas}`);
  return { status: 'done', message: `maxReplicas is ${maxReplicas}` };
});
