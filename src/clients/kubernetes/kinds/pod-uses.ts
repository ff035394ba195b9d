import type { Use } from '../../../domain/kubernetes/model.ts';
import { type Message, embedded, list, message, part, text } from '../protobuf.ts';
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
  env: list(
    7,
    message({ valueFrom: part(3, message({ configMapKeyRef: part(3, reference), secretKeyRef: part(4, reference) })) }),
  ),
  envFrom: list(19, message({ configMapRef: part(2, reference), secretRef: part(3, reference) })),
};

type RawVolume = ReturnType<typeof volumeSource> | undefined;
interface RawUser {
  readonly volumes?: readonly RawVolume[];
  readonly containers?: readonly Message<typeof environmentShape>[];
  readonly initContainers?: readonly Message<typeof environmentShape>[];
}

/** Each once, however often it is named. */
export function projectUses(spec: RawUser): readonly Use[] {
  const uses = new Map<string, Use>();
  for (const [kind, name] of references(spec)) if (name) uses.set(`${kind}/${name}`, { kind, name });
  return uses.size > 0 ? [...uses.values()] : none;
}

type Reference = readonly [Use['kind'], string | undefined];

function* references({ volumes = none, containers = none, initContainers = none }: RawUser): Generator<Reference> {
  for (const volume of volumes) yield* volumeReferences(volume);
  for (const { env = none, envFrom = none } of [...containers, ...initContainers]) {
    for (const { valueFrom } of env) {
      yield ['ConfigMap', valueFrom?.configMapKeyRef?.name];
      yield ['Secret', valueFrom?.secretKeyRef?.name];
    }
    for (const { configMapRef, secretRef } of envFrom) {
      yield ['ConfigMap', configMapRef?.name];
      yield ['Secret', secretRef?.name];
    }
  }
}

function* volumeReferences(volume: RawVolume = {}): Generator<Reference> {
  yield ['Secret', volume.secret?.secretName];
  yield ['ConfigMap', volume.configMap?.name];
  yield ['PersistentVolumeClaim', volume.persistentVolumeClaim?.claimName];
  for (const { secret, configMap } of volume.projected?.sources ?? none) {
    yield ['Secret', secret?.name];
    yield ['ConfigMap', configMap?.name];
  }
}
