import { valueOf } from '../../core/loadable.ts';
import type { Alarm, AlarmRef } from '../../domain/alarms/model.ts';
import type { AlarmSource } from '../../domain/alarms/source.ts';
import { subjectOf } from '../../domain/alarms/subject.ts';
import { contextsOf } from '../../domain/kubernetes/cluster-name.ts';
import type { ClusterRef, Hpa } from '../../domain/kubernetes/model.ts';

/** Every alarm that is known now, of all scopes. */
export function knownAlarms(source: AlarmSource): readonly Alarm[] {
  return source.scopes.flatMap(({ alarms }) => [...(valueOf(alarms)?.values() ?? [])]);
}

export function alarmOf(source: AlarmSource, { arn, scope }: AlarmRef): Alarm | undefined {
  return knownAlarms(source).find((alarm) => alarm.arn === arn && alarm.scope === scope);
}

/** Is the alarm about the workload that the HPA scales? */
function isAbout(alarm: Alarm, cluster: ClusterRef, hpa: Pick<Hpa, 'namespace' | 'target'>): boolean {
  const subject = subjectOf(alarm);
  if (!subject || contextsOf(subject.clusterName, [cluster]).length === 0) return false;
  if (subject.namespace !== hpa.namespace) return false;
  return subject.kind !== 'Node' && subject.name === hpa.target.name;
}

/** The ringing alarm that raising this HPA should silence. */
export function ringingAlarm(source: AlarmSource, cluster: ClusterRef, hpa: Hpa): Alarm | undefined {
  return knownAlarms(source).find((alarm) => alarm.state === 'ALARM' && isAbout(alarm, cluster, hpa));
}
