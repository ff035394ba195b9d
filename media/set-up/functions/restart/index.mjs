import { objectPath, patched } from '../shared/cluster.mjs';
import { Refusal, remedy } from '../shared/remedy.mjs';

const resources = { Deployment: 'deployments', StatefulSet: 'statefulsets', DaemonSet: 'daemonsets' };
const time = /^\d{4}-\d{2}-\d{2}T[\d:.]+(Z|[+-]\d{2}:\d{2})$/;

/** Restart: gives the pod template the time `restarted_at`, or, where it is empty, takes the one that is there away. */
export function change({ target, values: { restarted_at: at } }) {
  const resource = Object.hasOwn(resources, target.kind) ? resources[target.kind] : undefined;
  if (!resource) throw new Refusal(`a ${target.kind} cannot be restarted`);
  if (at !== '' && !time.test(at)) throw new Refusal('restarted_at must be a time, or empty');
  const annotations = { 'kubectl.kubernetes.io/restartedAt': at === '' ? null : at };
  return {
    path: objectPath('apps/v1', resource, target),
    patch: { spec: { template: { metadata: { annotations } } } },
    message: `the pods of ${target.name} are made anew`,
  };
}

export const handler = remedy((event) => patched(event, change(event)));
