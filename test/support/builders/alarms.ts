import type { JarvisError } from '../../../src/core/errors.ts';
import type { Alarm } from '../../../src/domain/alarms/model.ts';
import type { ScopeAlarms } from '../../../src/domain/alarms/source.ts';

/** An alarm of the account 123456789012 in Seoul: front-end's CPU above 60 %, 2 of 3 minutes. */
export function anAlarm(over: Partial<Alarm> = {}): Alarm {
  const name = over.name ?? 'front-end-cpu';
  return {
    arn: `arn:aws:cloudwatch:ap-northeast-2:123456789012:alarm:${name}`,
    scope: 'prod',
    name,
    account: '123456789012',
    region: 'ap-northeast-2',
    kind: 'metric',
    description: '',
    state: 'OK',
    since: Date.parse('2026-11-21T08:00:00Z'),
    reason: 'Threshold Crossed',
    actionsEnabled: true,
    metric: {
      namespace: 'ContainerInsights',
      name: 'pod_cpu_utilization',
      dimensions: { ClusterName: 'prod-seoul', Namespace: 'sock-shop', PodName: 'front-end' },
      statistic: 'Average',
    },
    threshold: 60,
    comparison: 'GreaterThanThreshold',
    periodSeconds: 60,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    ...over,
  };
}

/** A math alarm has queries and no metric of its own. */
export function aMathAlarm(over: Partial<Alarm> = {}): Alarm {
  const { metric, ...rest } = anAlarm();
  return {
    ...rest,
    queries: [
      { id: 'share', label: 'CPU share', expression: '100 * a / 2', returnData: true },
      { id: 'a', returnData: false, periodSeconds: 60, ...(metric ? { metric } : {}) },
    ],
    ...over,
  };
}

/** A scope whose alarms were read; with an error, they are stale. */
export function aScope(alarms: readonly Alarm[], error?: JarvisError): ScopeAlarms {
  const value = new Map(alarms.map((alarm) => [alarm.arn, alarm]));
  return {
    scope: { label: 'prod' },
    identity: { account: '123456789012', region: 'ap-northeast-2' },
    alarms: error ? { state: 'stale', value, since: 0, error } : { state: 'ready', value, at: 0 },
    feed: { mode: 'poll', pollSeconds: 30, callsPerMinute: 2 },
  };
}
