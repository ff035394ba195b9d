import type { ChartSubject } from '../metrics/model.ts';
import type { TargetKind } from './target-kinds.ts';
import type { Target } from './target.ts';

const charts: Readonly<Partial<Record<TargetKind, 'hpa' | 'deployment'>>> = {
  HorizontalPodAutoscaler: 'hpa',
  Deployment: 'deployment',
};

/** The chart on which one sees how the target fares; undefined where its kind has none. */
export function chartOf({ cluster, kind, namespace, name, uid }: Target): ChartSubject | undefined {
  const chart = charts[kind];
  return chart && { kind: chart, cluster, namespace, name, uid };
}
