import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { AlarmRef } from '../../domain/alarms/model.ts';
import { type AlarmSubject, subjectOf } from '../../domain/alarms/subject.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import { contextsOf } from '../../domain/kubernetes/cluster-name.ts';
import type { ClusterRef, Hpa } from '../../domain/kubernetes/model.ts';
import { named, once } from '../../domain/kubernetes/once.ts';
import type { ObjectPointer } from '../../domain/remediation/target.ts';
import type { Services } from '../../services.ts';
import { patiently } from '../../ui/patiently.ts';
import { pick } from '../../ui/prompts.ts';
import { allContexts, pickCluster } from '../objects/choose-cluster.ts';
import { alarmOf } from './alarm-link.ts';

/** An HPA and where it lives. */
export interface ChosenHpa {
  readonly cluster: ClusterRef;
  readonly hpa: Hpa;
}

type From = { readonly pointer?: ObjectPointer; readonly alarm?: AlarmRef & { readonly name: string } } | undefined;

/** The HPA that somebody means: the tree row's, the one behind an alarm, or the one that they pick. @throws JarvisError */
export async function chooseHpa(services: Services, from: From): Promise<ChosenHpa> {
  if (from?.pointer) return hpaAt(services, from.pointer);
  if (from?.alarm) return hpaOfAlarm(services, from.alarm);
  const cluster = await pickCluster(services.clusters, await allContexts(services.clusters));
  return pickHpa(services.clusters.cluster(cluster), t('Which HPA?'));
}

async function hpaAt({ clusters }: Services, pointer: ObjectPointer): Promise<ChosenHpa> {
  const { cluster, namespace, kind, name } = pointer;
  const hpas = await hpasIn(clusters.cluster(cluster), namespace);
  if (kind === 'HorizontalPodAutoscaler') return { cluster, hpa: named(hpas, kind, namespace, name) };
  const hpa = hpas.find(({ target }) => target.kind === kind && target.name === name);
  if (hpa) return { cluster, hpa };
  throw noHpa(namespace, name);
}

/** From the alarm's dimensions to the context, the namespace and the HPA that scales the workload. */
async function hpaOfAlarm(services: Services, ref: AlarmRef & { name: string }): Promise<ChosenHpa> {
  const describe = (signal: AbortSignal) => services.alarms.describe(ref, signal);
  const known = alarmOf(services.alarms, ref) ?? (await patiently(t('Reading {0}', ref.name), describe));
  const subject = known && subjectOf(known);
  if (!subject?.namespace) throw notAboutWorkload(ref.name);
  const cluster = await pickCluster(services.clusters, contextsFor(subject, await allContexts(services.clusters)));
  const isMeant = ({ target }: Hpa) => target.name === subject.name;
  const title = t('Which HPA? {0} is about {1}.', ref.name, subject.name);
  return pickHpa(services.clusters.cluster(cluster), title, { subject, isMeant });
}

function contextsFor({ clusterName }: AlarmSubject, all: readonly ClusterRef[]): readonly ClusterRef[] {
  const found = contextsOf(clusterName, all);
  if (found.length > 0) return found;
  throw new JarvisError({
    code: 'remediation.noContext',
    message: t('No context of the kubeconfig leads to the cluster {0}.', clusterName),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.kubernetes.kubeconfig' }],
  });
}

interface Meant {
  readonly subject: AlarmSubject;
  readonly isMeant: (hpa: Hpa) => boolean;
}

function hpasIn(cluster: Cluster, namespace: string | undefined): Promise<readonly Hpa[]> {
  const title = t('Reading {0}', `HPA · ${namespace ?? cluster.ref.context}`);
  return patiently(title, (signal) => once(cluster, 'horizontalpodautoscalers', namespace, signal));
}

async function pickHpa(cluster: Cluster, title: string, meant?: Meant): Promise<ChosenHpa> {
  const all = await hpasIn(cluster, meant?.subject.namespace);
  const hpas = meant ? all.filter(meant.isMeant) : all;
  const [only, ...more] = hpas;
  if (!only) throw noHpa(meant?.subject.namespace ?? cluster.ref.context, meant?.subject.name ?? '*');
  if (meant && more.length === 0) return { cluster: cluster.ref, hpa: only };
  const items = hpas.map((hpa) => ({
    label: hpa.name,
    description: hpa.namespace,
    detail: t('{0} replicas of {1} to {2}', hpa.currentReplicas, hpa.minReplicas, hpa.maxReplicas),
    value: hpa,
  }));
  return { cluster: cluster.ref, hpa: await pick(items, { title }) };
}

function noHpa(where: string, name: string): JarvisError {
  return new JarvisError({
    code: 'remediation.noHpa',
    message: t('No HPA scales {0} in {1}.', name, where),
    remedies: [{ kind: 'retry' }],
  });
}

function notAboutWorkload(name: string): JarvisError {
  return new JarvisError({
    code: 'remediation.notAboutWorkload',
    message: t('The alarm {0} does not name a Kubernetes workload, so the HPA cannot be found from it.', name),
  });
}
