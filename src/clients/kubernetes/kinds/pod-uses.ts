import type { Use } from '../../../domain/kubernetes/model.ts';
import { type Message, embedded, list, message, part, shared, text } from '../protobuf.ts';
import { Recent, memoized } from '../recent.ts';
import { none } from './meta.ts';

/** core/v1 LocalObjectReference, embedded in whatever names a ConfigMap or Secret. */
const reference = embedded(1, message({ name: text(1) }));

const volumeSource = message({
  secret: part(6, message({ secretName: text(1) })),
  persistentVolumeClaim: part(10, message({ claimName: text(1) })),
  configMap: part(19, reference),
  projected: part(
    26,
    message({ sources: list(1, message({ secret: part(1, reference), configMap: part(3, reference) })) }),
  ),
});
/** PodSpec.volumes: each embeds its source. */
export const volumes = list(1, embedded(2, volumeSource));

/** Where the variables of a core/v1 Container come from. */
export const environmentShape = {
  env: shared(
    list(
      7,
      message({
        valueFrom: part(3, message({ configMapKeyRef: part(3, reference), secretKeyRef: part(4, reference) })),
      }),
    ),
  ),
  envFrom: shared(list(19, message({ configMapRef: part(2, reference), secretRef: part(3, reference) }))),
};

type RawVolume = ReturnType<typeof volumeSource> | undefined;
interface RawUser {
  readonly volumes?: readonly RawVolume[];
  readonly containers?: readonly Message<typeof environmentShape>[];
  readonly initContainers?: readonly Message<typeof environmentShape>[];
}

/** Each once, however often it is named. */
export function projectUses({ volumes = none, containers = none, initContainers = none }: RawUser): readonly Use[] {
  const uses = new Map<string, Use>();
  const add = ([kind, name]: Reference) => name && uses.set(`${kind}/${name}`, { kind, name });
  for (const volume of volumes) for (const reference of volumeReferences(volume)) add(reference);
  for (const container of [...containers, ...initContainers]) {
    if (container.env) for (const reference of variables(container.env)) add(reference);
    if (container.envFrom) for (const reference of sources(container.envFrom)) add(reference);
  }
  return uses.size > 0 ? recent.get([...uses.keys()].join(' '), () => [...uses.values()]) : none;
}
/** Pods of one template use the same. */
const recent = new Recent<readonly Use[]>();

type Reference = readonly [Use['kind'], string | undefined];
type Environment = Message<typeof environmentShape>;

const variables = memoized((env: NonNullable<Environment['env']>): readonly Reference[] =>
  env.flatMap(({ valueFrom }): Reference[] =>
    valueFrom
      ? [
          ['ConfigMap', valueFrom.configMapKeyRef?.name],
          ['Secret', valueFrom.secretKeyRef?.name],
        ]
      : [],
  ),
);

const sources = memoized((envFrom: NonNullable<Environment['envFrom']>): readonly Reference[] =>
  envFrom.flatMap(({ configMapRef, secretRef }): Reference[] => [
    ['ConfigMap', configMapRef?.name],
    ['Secret', secretRef?.name],
  ]),
);

function* volumeReferences(volume: RawVolume = {}): Generator<Reference> {
  yield ['Secret', volume.secret?.secretName];
  yield ['ConfigMap', volume.configMap?.name];
  yield ['PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName];
  for (const { secret, configMap } of volume.projected?.sources ?? none) {
    yield ['Secret', secret?.name];
    yield ['ConfigMap', configMap?.name];
  }
}
