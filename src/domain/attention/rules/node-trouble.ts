import { t } from '../../../core/l10n.ts';
import { type Shortage, readiness, shortages } from '../../kubernetes/health.ts';
import type { Condition, Node } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';

/** A node that has just joined gets ready within that. */
const joiningMs = 2 * minute;

export const nodeNotReady: Rule<Node> = {
  id: 'nodeNotReady',
  severity: 'error',
  source: 'kubernetes.io, "Node Status": Ready; k8s.io/kubernetes pkg/controller/nodelifecycle: NodeStatusUnknown',
  covers: ['nodePressure', 'nodeCordoned'],
  check({ name, conditions, createdAt }) {
    const ready = readiness(conditions);
    if (ready?.status === 'True') return undefined;
    const since = ready?.changedAt ?? createdAt;
    const isSilent = ready?.status === 'Unknown';
    return {
      cause: isSilent ? 'silent' : 'unready',
      since,
      ...(since - createdAt < minute && { from: createdAt + joiningMs }),
      sentence: () =>
        isSilent ? t('Node {0} no longer reports: it may be down or cut off', name) : t('Node {0} is not ready', name),
      detail: () => [
        t('After five minutes Kubernetes makes its pods anew on other nodes, unless they tolerate it for longer.'),
        ...[ready?.message ?? ''].filter((text) => text !== ''),
      ],
    };
  },
};

export const nodePressure: Rule<Node> = {
  id: 'nodePressure',
  severity: 'warning',
  source: 'kubernetes.io, "Node-pressure Eviction": node conditions',
  check({ name, conditions }) {
    const short = shortages(conditions);
    const [first] = short;
    if (!first) return undefined;
    const what = short.map(({ type }) => resources[type]()).join(', ');
    const since = Math.min(...short.map(({ changedAt }) => changedAt ?? Infinity));
    return {
      cause: short.map(({ type }) => type).join(' '),
      sentence: () => t('Node {0} is short of: {1}', name, what),
      detail: () => [
        t('Kubernetes puts no new pods there that do not tolerate it, and may evict some.'),
        ...messages(short),
      ],
      ...(Number.isFinite(since) && { since }),
    };
  },
};

const resources: Readonly<Record<Shortage['type'], () => string>> = {
  MemoryPressure: () => t('memory'),
  DiskPressure: () => t('disk space'),
  PIDPressure: () => t('process IDs'),
  NetworkUnavailable: () => t('network'),
};

function messages(conditions: readonly Condition[]): readonly string[] {
  return conditions.map(({ message }) => message).filter((text) => text !== '');
}

export const nodeCordoned: Rule<Node> = {
  id: 'nodeCordoned',
  severity: 'info',
  source: 'kubernetes.io, "Nodes": manual node administration',
  check({ name, unschedulable }) {
    if (!unschedulable) return undefined;
    return {
      cause: '',
      sentence: () => t('Node {0} is cordoned: it takes no new pods', name),
      detail: () => [t('Somebody, or an autoscaler, has marked it unschedulable; kubectl uncordon takes that back.')],
    };
  },
};
