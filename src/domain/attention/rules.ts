import type { AttentionKind, ObjectOf, Rule } from './model.ts';
import { cannotStart } from './rules/cannot-start.ts';
import { claimLost, claimPending } from './rules/claim-trouble.ts';
import { crashLoop } from './rules/crash-loop.ts';
import { hpaAtMax } from './rules/hpa-at-max.ts';
import { hpaWithoutMetrics } from './rules/hpa-without-metrics.ts';
import { imageMoved } from './rules/image-moved.ts';
import { imagePull } from './rules/image-pull.ts';
import { jobFailed } from './rules/job-failed.ts';
import { nodeCordoned, nodeNotReady, nodePressure } from './rules/node-trouble.ts';
import { notReady } from './rules/not-ready.ts';
import { olderConfiguration } from './rules/older-configuration.ts';
import { oomKilled } from './rules/oom-killed.ts';
import { podFailed } from './rules/pod-failed.ts';
import { probeFailing } from './rules/probe-failing.ts';
import { releaseFailed, releaseStuck } from './rules/release.ts';
import { replicasMissing } from './rules/replicas-missing.ts';
import { rolloutStuck } from './rules/rollout-stuck.ts';
import { unschedulable } from './rules/unschedulable.ts';

/** All rules, by the kind of object that they look at. To add a rule: its file, its line here. */
export const rules: { readonly [K in AttentionKind]: readonly Rule<ObjectOf<K>>[] } = {
  pods: [
    crashLoop,
    imagePull,
    unschedulable,
    cannotStart,
    oomKilled,
    probeFailing,
    notReady,
    podFailed,
    olderConfiguration,
  ],
  deployments: [rolloutStuck, replicasMissing, imageMoved('Deployment')],
  statefulsets: [replicasMissing, imageMoved('StatefulSet')],
  daemonsets: [replicasMissing, imageMoved('DaemonSet')],
  jobs: [jobFailed],
  horizontalpodautoscalers: [hpaAtMax, hpaWithoutMetrics],
  troubledreleases: [releaseFailed, releaseStuck],
  nodes: [nodeNotReady, nodePressure, nodeCordoned],
  persistentvolumeclaims: [claimLost, claimPending],
  releaserecords: [],
  cronjobs: [],
  secrets: [],
  configmaps: [],
  warnings: [],
};
