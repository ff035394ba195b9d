import type { HpaMetric } from '../../../domain/kubernetes/model.ts';
import { cpuOf, parseQuantity } from '../../../domain/kubernetes/quantity.ts';
import { type Message, integer, message, part, text } from '../protobuf.ts';
import { quantity } from './meta.ts';

const identifier = message({ name: text(1) });
const target = message({
  type: text(1),
  value: quantity(2),
  averageValue: quantity(3),
  averageUtilization: integer(4),
});
const current = message({ value: quantity(1), averageValue: quantity(2), averageUtilization: integer(3) });

const specShape = {
  type: text(1),
  object: part(2, message({ target: part(2, target), metric: part(3, identifier) })),
  pods: part(3, message({ metric: part(1, identifier), target: part(2, target) })),
  resource: part(4, message({ name: text(1), target: part(2, target) })),
  external: part(5, message({ metric: part(1, identifier), target: part(2, target) })),
  containerResource: part(7, message({ name: text(1), target: part(2, target), container: text(3) })),
};
/** autoscaling/v2 MetricSpec */
export const hpaMetricSpec = message(specShape);

const statusShape = {
  type: text(1),
  object: part(2, message({ metric: part(1, identifier), current: part(2, current) })),
  pods: part(3, message({ metric: part(1, identifier), current: part(2, current) })),
  resource: part(4, message({ name: text(1), current: part(2, current) })),
  external: part(5, message({ metric: part(1, identifier), current: part(2, current) })),
  containerResource: part(7, message({ name: text(1), current: part(2, current), container: text(3) })),
};
/** autoscaling/v2 MetricStatus */
export const hpaMetricStatus = message(statusShape);

type RawSpec = Message<typeof specShape>;
type RawStatus = Message<typeof statusShape>;
interface Values {
  readonly value?: string;
  readonly averageValue?: string;
  readonly averageUtilization?: number;
}

/** Each metric of the spec with what was last measured of it, found by type and name (not by place: a failing one is left out). */
export function projectMetrics(specs: readonly RawSpec[] = [], statuses: readonly RawStatus[] = []): HpaMetric[] {
  return specs.map((spec) => {
    const source = sourceOf(spec);
    const wanted = targetOf(spec);
    const status = statuses.find((candidate) => identityOf(candidate) === identityOf(spec));
    const value = status && currentOf(status)?.[wanted.field];
    const measured = value === undefined ? undefined : measure(source.name, value);
    return {
      type: spec.type ?? '',
      name: source.name,
      targetKind: wanted.kind,
      target: measure(source.name, wanted.amount) ?? 0,
      ...(measured !== undefined && { current: measured }),
    };
  });
}

function sourceOf(metric: RawSpec | RawStatus): { name: string; container: string } {
  const resource = metric.resource ?? metric.containerResource;
  const metricName = (metric.pods ?? metric.object ?? metric.external)?.metric?.name;
  return { name: resource?.name ?? metricName ?? '', container: metric.containerResource?.container ?? '' };
}

function identityOf(metric: RawSpec | RawStatus): string {
  const { name, container } = sourceOf(metric);
  return [metric.type, name, container].join('\0');
}

const kinds = { averageUtilization: 'Utilization', averageValue: 'AverageValue', value: 'Value' } as const;

function targetOf(spec: RawSpec): { field: keyof Values; kind: HpaMetric['targetKind']; amount: string | number } {
  const source = spec.resource ?? spec.containerResource ?? spec.pods ?? spec.object ?? spec.external;
  const values: Values = source?.target ?? {};
  const field =
    values.averageUtilization !== undefined ? 'averageUtilization' : values.averageValue ? 'averageValue' : 'value';
  return { field, kind: kinds[field], amount: values[field] ?? 0 };
}

function currentOf(status: RawStatus): Values | undefined {
  return (status.resource ?? status.containerResource ?? status.pods ?? status.object ?? status.external)?.current;
}

/** CPU in millicores, everything else in its own unit; percent is a plain number. */
function measure(name: string, amount: string | number): number | undefined {
  if (typeof amount === 'number') return amount;
  return name === 'cpu' ? cpuOf(amount) : parseQuantity(amount);
}
