import { t } from '../../core/l10n.ts';
import type { Gap } from './kind-feed.ts';
import type { AttentionKind } from './model.ts';

/** "Secrets: forbidden, so pods older than what they read are not told". */
export function gapInWords({ kind, namespace, error }: Gap): string {
  const { name, told } = words[kind]();
  const what = namespace === undefined ? name : t('{0} in {1}', name, namespace);
  if (error?.code === 'kube.forbidden') return t('{0}: forbidden, so these are not looked for: {1}', what, told);
  return t('{0}: could not be read, so these are not looked for: {1}', what, told);
}

interface Words {
  readonly name: string;
  /** What cannot be told without it. */
  readonly told: string;
}

const words: Readonly<Record<AttentionKind, () => Words>> = {
  pods: () => ({ name: t('Pods'), told: t('pods that do not run as they should') }),
  deployments: () => ({ name: t('Deployments'), told: t('rollouts that are stuck, missing pods') }),
  statefulsets: () => ({ name: t('StatefulSets'), told: t('missing pods') }),
  daemonsets: () => ({ name: t('DaemonSets'), told: t('missing pods') }),
  jobs: () => ({ name: t('Jobs'), told: t('failed jobs') }),
  cronjobs: () => ({ name: t('CronJobs'), told: t('later successes of failed jobs') }),
  horizontalpodautoscalers: () => ({ name: t('HPAs'), told: t('HPAs at their maximum or without metrics') }),
  troubledreleases: () => ({ name: t('Secrets of Helm'), told: t('releases that failed or are stuck') }),
  releaserecords: () => ({ name: t('Secrets of Helm'), told: t('releases that failed or are stuck') }),
  nodes: () => ({ name: t('Nodes'), told: t('nodes in trouble') }),
  persistentvolumeclaims: () => ({ name: t('PersistentVolumeClaims'), told: t('claims without a volume') }),
  secrets: () => ({ name: t('Secrets'), told: t('pods older than a Secret that they read') }),
  configmaps: () => ({ name: t('ConfigMaps'), told: t('pods older than a ConfigMap that they read') }),
  warnings: () => ({ name: t('Events'), told: t('failing probes, reasons of failures') }),
};
