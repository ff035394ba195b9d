import { vaultSecretPrefix } from '../../../domain/evidence/sources.ts';
import type { Container, Pod } from '../../../domain/kubernetes/model.ts';
import { restartedAt } from '../../../domain/kubernetes/restarted-at.ts';
import { chosen, message, part } from '../protobuf.ts';
import { Recent } from '../recent.ts';
import { type RawContainerStatus, projectExit, projectState, running } from './container-status.ts';
import { defineKind } from './kind.ts';
import { type RawCondition, millis, none, metaShape, noRecord, projectConditions, projectMeta } from './meta.ts';
import { podReason } from './pod-reason.ts';
import { type RawPodContainer, type RawPodSpec, type RawPodStatus, podSpec, podStatus } from './pod-shape.ts';
import { isSidecar, projectRequests } from './pod-spec.ts';
import { projectUses } from './pod-uses.ts';

/** core/v1 Pod */
export const pods = defineKind({
  group: '',
  version: 'v1',
  resource: 'pods',
  fields: {
    metadata: part(1, message({ ...metaShape, annotations: chosen(12, isTelling) })),
    spec: part(2, podSpec),
    status: part(3, podStatus),
  },
  project: ({ metadata, spec = {}, status = {} }): Pod => {
    const meta = projectMeta(metadata);
    const startedAt = millis(status.startTime);
    return {
      ...meta,
      phase: status.phase ?? '',
      reason: podReason(spec, status, meta.deletedAt !== undefined),
      nodeName: spec.nodeName ?? '',
      containers: alike(projectContainers(spec, status)),
      conditions: projectConditions(status.conditions?.filter(saysSomething)),
      ...(startedAt !== undefined && { startedAt }),
      annotations: projectAnnotations(metadata?.annotations),
      uses: projectUses(spec),
    };
  },
});

/** What every pod that runs says of itself. */
const ordinary = new Set(['PodScheduled', 'PodReadyToStartContainers', 'Initialized', 'ContainersReady']);

function saysSomething({ type = '', status }: RawCondition): boolean {
  return status !== 'True' || !ordinary.has(type);
}

/** Most annotations are about what Jarvis does not look at, and may be as big as all the rest. */
function isTelling(key: string): boolean {
  return key === restartedAt || key.startsWith(vaultSecretPrefix);
}

/** Pods of one template have the same. */
const annotated = new Recent<Readonly<Record<string, string>>>();

function projectAnnotations(annotations: Readonly<Record<string, string>> = noRecord): Pod['annotations'] {
  const telling = Object.entries(annotations).filter(([key]) => isTelling(key));
  if (telling.length === 0) return noRecord;
  return annotated.get(JSON.stringify(telling), () => Object.fromEntries(telling));
}

/** The main containers, then the init containers in their order, with their statuses, which may not be there yet. */
function projectContainers(spec: RawPodSpec, status: RawPodStatus): readonly Container[] {
  const { containers = none, initContainers = none } = spec;
  return [
    ...containers.map((raw) => projectContainer(raw, 'main', status.containerStatuses)),
    ...initContainers.map((raw) =>
      projectContainer(raw, isSidecar(raw) ? 'sidecar' : 'init', status.initContainerStatuses),
    ),
  ];
}

const crews = new Recent<readonly Container[]>();

/** Where all of them just run, the containers of a thousand pods of one template are the same. */
function alike(containers: readonly Container[]): readonly Container[] {
  if (containers.some(({ state, lastExit }) => state !== running || lastExit)) return containers;
  const parts = containers.flatMap(({ name, image, imageId, role, ready, restarts, requests }) => {
    return [name, image, imageId, role, ready, restarts, requests.cpu, requests.memory];
  });
  return crews.get(parts.join(' '), () => containers);
}

function projectContainer(
  { name = '', image = '', resources }: RawPodContainer,
  role: Container['role'],
  statuses: readonly RawContainerStatus[] = none,
): Container {
  const status = statuses.find((candidate) => candidate.name === name);
  const ended = status?.lastState?.terminated;
  const lastExit = ended && projectExit(ended);
  return {
    name,
    image,
    ...(status?.imageID && { imageId: status.imageID }),
    role,
    ready: status?.ready ?? false,
    restarts: status?.restartCount ?? 0,
    ...(lastExit?.at !== undefined && { lastRestartAt: lastExit.at }),
    requests: projectRequests(resources),
    state: projectState(status?.state),
    ...(lastExit && { lastExit }),
  };
}
