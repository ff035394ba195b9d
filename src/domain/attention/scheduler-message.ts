import { t } from '../../core/l10n.ts';

/** Why so many nodes do not take the pod. */
export interface Obstacle {
  /** Undefined where it is not about single nodes. */
  readonly nodes?: number;
  /** The same obstacle has the same id whatever the numbers. */
  readonly id: string;
  readonly text: string;
}

export interface SchedulerVerdict {
  /** Nodes in the cluster, where the message says it. */
  readonly nodes?: number;
  /** The obstacle of most nodes first. */
  readonly obstacles: readonly Obstacle[];
  /** What the scheduler says of making room by evicting other pods; empty where it says nothing. */
  readonly preemption: string;
}

/**
 * Reads the message of the condition PodScheduled:
 * "0/3 nodes are available: 1 Too many pods, 2 Insufficient cpu. preemption: 0/3 nodes are available: …".
 * What is not known is kept in the scheduler's words.
 * Sources: k8s.io/kubernetes pkg/scheduler/framework/types.go (FitError) and the plugins' reasons beside it.
 */
export function readSchedulerMessage(message: string): SchedulerVerdict {
  const [, count, rest = message] = /^0\/(\d+) nodes are available:?\s*(.*)$/s.exec(message) ?? [];
  const { reasons, preemption } = splitPreemption(rest);
  const obstacles = splitReasons(reasons).map(obstacle);
  return {
    ...(count !== undefined && { nodes: Number(count) }),
    obstacles: merged(obstacles).sort((a, b) => (b.nodes ?? Infinity) - (a.nodes ?? Infinity)),
    preemption,
  };
}

/** "too little CPU (2 of 3 nodes), taint dedicated=gpu (1 of 3 nodes)". */
export function verdictInWords({ nodes, obstacles }: SchedulerVerdict): string {
  const words = obstacles.map(({ nodes: some, text }) => {
    if (some === undefined || nodes === undefined) return text;
    return t('{0} ({1} of {2} nodes)', text, some, nodes);
  });
  if (words.length > 0) return words.join(', ');
  return nodes === 0 ? t('the cluster has no nodes') : t('the scheduler does not say why');
}

/**
 * The tail begins with "preemption:", since 1.32 after what the claims say of devices; 1.36 says "not found" where
 * nobody looked for room.
 */
function splitPreemption(text: string): { readonly reasons: string; readonly preemption: string } {
  const at = text.search(/(no new claims to deallocate, )?\bpreemption: /);
  if (at < 0) return { reasons: text.replace(/\. not found\.?$/, ''), preemption: '' };
  return { reasons: text.slice(0, at), preemption: text.slice(text.indexOf('preemption: ', at) + 12).trim() };
}

/** Reasons are joined by ", ", each with the number of its nodes; a taint's text may hold commas itself. */
function splitReasons(text: string): readonly string[] {
  return text
    .trim()
    .replace(/\.$/, '')
    .split(/,\s+(?=\d+ )/)
    .map((reason) => reason.trim())
    .filter((reason) => reason !== '');
}

function obstacle(reason: string): Obstacle {
  const [, count, words = reason] = /^(\d+) (.*)$/s.exec(reason) ?? [];
  const nodes = count === undefined ? {} : { nodes: Number(count) };
  for (const { pattern, text } of known) {
    const match = pattern.exec(words);
    if (match) return { ...nodes, id: match[0], text: text(match[1] ?? '') };
  }
  return { ...nodes, id: words, text: words };
}

/** Two obstacles with one text would read like a mistake. */
function merged(obstacles: readonly Obstacle[]): Obstacle[] {
  const byText = new Map<string, Obstacle>();
  for (const one of obstacles) {
    const before = byText.get(one.text);
    const nodes = (before?.nodes ?? 0) + (one.nodes ?? 0);
    byText.set(one.text, before && nodes > 0 ? { ...before, nodes } : one);
  }
  return [...byText.values()];
}

const known: readonly { readonly pattern: RegExp; readonly text: (what: string) => string }[] = [
  { pattern: /^Insufficient cpu$/, text: () => t('too little CPU is free') },
  { pattern: /^Insufficient memory$/, text: () => t('too little memory is free') },
  { pattern: /^Insufficient ephemeral-storage$/, text: () => t('too little local disk is free') },
  { pattern: /^Insufficient (\S+)$/, text: (what) => t('too little {0} is free', what) },
  { pattern: /^Too many pods$/, text: () => t('no room for another pod') },
  {
    pattern: /^node\(s\) had untolerated taint \{(.*)\}$/,
    text: (taint) => t('a taint that it does not tolerate: {0}', taint.replace(/:\s*$/, '').replace(': ', '=')),
  },
  {
    pattern: /^node\(s\) had (untolerated taint\(s\)|taints that the pod didn't tolerate)$/,
    text: () => t('taints that it does not tolerate'),
  },
  { pattern: /^node\(s\) were unschedulable$/, text: () => t('cordoned') },
  { pattern: /^node\(s\) had unknown conditions$/, text: () => t('the state of the node is not known') },
  {
    pattern: /^node\(s\) didn't match (Pod's|scheduler-enforced) node (affinity\/selector|affinity|selector)$/,
    text: () => t('not a node that its node selector or affinity asks for'),
  },
  {
    pattern: /^node\(s\) didn't match the requested node name$/,
    text: () => t('not the node that it asks for by name'),
  },
  {
    pattern: /^node\(s\) didn't match pod affinity rules$/,
    text: () => t('no pod there that its affinity asks for'),
  },
  {
    pattern: /^node\(s\) didn't match pod anti-affinity rules$/,
    text: () => t('a pod there that its anti-affinity keeps away from'),
  },
  {
    pattern: /^node\(s\) didn't satisfy existing pods anti-affinity rules$/,
    text: () => t('a pod there whose anti-affinity keeps it away'),
  },
  {
    pattern: /^node\(s\) didn't match pod topology spread constraints( \(missing required label\))?$/,
    text: () => t('its topology spread constraints would be broken'),
  },
  {
    pattern: /^node\(s\) (had volume node affinity conflict|didn't match PersistentVolume's node affinity)$/,
    text: () => t('its volume cannot be reached from there'),
  },
  { pattern: /^node\(s\) had no available volume zone$/, text: () => t('its volume is in another zone') },
  {
    pattern: /^node\(s\) didn't find available persistent volumes to bind$/,
    text: () => t('no free volume for its claim'),
  },
  { pattern: /^node\(s\) did not have enough free storage$/, text: () => t('too little storage for its claim') },
  {
    pattern: /^node\(s\) unavailable due to one or more pvc\(s\) bound to non-existent pv\(s\)$/,
    text: () => t('its claim is bound to a volume that is gone'),
  },
  { pattern: /^node\(s\) exceed max volume count$/, text: () => t('no room for another volume') },
  {
    pattern: /^node\(s\) (had no available disk|unavailable due to PersistentVolumeClaim with ReadWriteOncePod .*)$/,
    text: () => t('its volume is in use by another pod'),
  },
  {
    pattern: /^node\(s\) didn't have free ports for the requested pod ports$/,
    text: () => t('its host port is taken'),
  },
  {
    pattern: /^pod has unbound immediate PersistentVolumeClaims$/,
    text: () => t('its volume claim has no volume yet'),
  },
  { pattern: /^persistentvolumeclaim "(.+)" not found$/, text: (name) => t('there is no volume claim {0}', name) },
  {
    pattern: /^persistentvolumeclaim "(.+)" is being deleted$/,
    text: (name) => t('its volume claim {0} is being deleted', name),
  },
];
