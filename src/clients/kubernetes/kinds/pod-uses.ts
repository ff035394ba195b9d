import type { Use } from '../../../domain/kubernetes/model.ts';
import { type Decoder, type Message, embedded, flag, list, message, part, shared, text } from '../protobuf.ts';
import { Recent, memoized } from '../recent.ts';
import { none } from './meta.ts';

/** What names a ConfigMap or Secret embeds a core/v1 LocalObjectReference, and has `optional` under a number of its own. */
function reference(optional: number): Decoder<RawReference> {
  const around = message({ named: part(1, message({ name: text(1) })), optional: flag(optional) });
  return (bytes, start, end) => {
    const { named, ...rest } = around(bytes, start, end);
    return { ...named, ...rest };
  };
}
interface RawReference {
  readonly name?: string;
  readonly optional?: boolean;
}

const volumeSource = message({
  secret: part(6, message({ secretName: text(1), optional: flag(4) })),
  persistentVolumeClaim: part(10, message({ claimName: text(1) })),
  configMap: part(19, reference(4)),
  projected: part(
    26,
    message({ sources: list(1, message({ secret: part(1, reference(4)), configMap: part(3, reference(4)) })) }),
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
        valueFrom: part(3, message({ configMapKeyRef: part(3, reference(3)), secretKeyRef: part(4, reference(3)) })),
      }),
    ),
  ),
  envFrom: shared(list(19, message({ configMapRef: part(2, reference(2)), secretRef: part(3, reference(2)) }))),
};

type RawVolume = ReturnType<typeof volumeSource> | undefined;
interface RawUser {
  readonly volumes?: readonly RawVolume[];
  readonly containers?: readonly Message<typeof environmentShape>[];
  readonly initContainers?: readonly Message<typeof environmentShape>[];
}

/** Each once, however often it is named; optional where all that name it may do without. */
export function projectUses({ volumes = none, containers = none, initContainers = none }: RawUser): readonly Use[] {
  const uses = new Map<string, Use>();
  const add = ([kind, { name, optional } = {}]: Reference) => {
    if (name === undefined || name === '') return;
    const key = `${kind}/${name}`;
    if (optional !== true) uses.set(key, { kind, name });
    else if (!uses.has(key)) uses.set(key, { kind, name, optional });
  };
  for (const volume of volumes) for (const reference of volumeReferences(volume)) add(reference);
  for (const container of [...containers, ...initContainers]) {
    if (container.env) for (const reference of variables(container.env)) add(reference);
    if (container.envFrom) for (const reference of sources(container.envFrom)) add(reference);
  }
  return uses.size > 0 ? recent.get(JSON.stringify([...uses.values()]), () => [...uses.values()]) : none;
}
/** Pods of one template use the same. */
const recent = new Recent<readonly Use[]>();

type Reference = readonly [Use['kind'], RawReference | undefined];
type Environment = Message<typeof environmentShape>;

const variables = memoized((env: NonNullable<Environment['env']>): readonly Reference[] =>
  env.flatMap(({ valueFrom }): Reference[] =>
    valueFrom
      ? [
          ['ConfigMap', valueFrom.configMapKeyRef],
          ['Secret', valueFrom.secretKeyRef],
        ]
      : [],
  ),
);

const sources = memoized((envFrom: NonNullable<Environment['envFrom']>): readonly Reference[] =>
  envFrom.flatMap(({ configMapRef, secretRef }): Reference[] => [
    ['ConfigMap', configMapRef],
    ['Secret', secretRef],
  ]),
);

function* volumeReferences(volume: RawVolume = {}): Generator<Reference> {
  const { secret, configMap, persistentVolumeClaim: claim } = volume;
  yield ['Secret', secret && { ...secret, name: secret.secretName ?? '' }];
  yield ['ConfigMap', configMap];
  yield ['PersistentVolumeClaim', claim && { name: claim.claimName ?? '' }];
  for (const source of volume.projected?.sources ?? none) {
    yield ['Secret', source.secret];
    yield ['ConfigMap', source.configMap];
  }
}
