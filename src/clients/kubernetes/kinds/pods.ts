import type { Container, Pod } from '../../../domain/kubernetes/model.ts';
import { type Message, flag, integer, list, message, part, text } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { conditionShape, millis, objectMeta, projectConditions, projectMeta, time } from './meta.ts';
import { podReason } from './pod-reason.ts';
import { podSpecShape, projectRequests } from './pod-spec.ts';

const containerState = message({
  waiting: part(1, message({ reason: text(1) })),
  running: part(2, message({ startedAt: time(1) })),
  terminated: part(3, message({ exitCode: integer(1), signal: integer(2), reason: text(3), finishedAt: time(6) })),
});
const containerStatusShape = {
  name: text(1),
  state: part(2, containerState),
  lastState: part(3, containerState),
  ready: flag(4),
  restartCount: integer(5),
  started: flag(9),
};
const containerStatus = message(containerStatusShape);
export type RawContainerStatus = Message<typeof containerStatusShape>;

const statusShape = {
  phase: text(1),
  conditions: list(2, message(conditionShape({ changedAt: 4, reason: 5, message: 6 }))),
  reason: text(4),
  startTime: time(7),
  containerStatuses: list(8, containerStatus),
  initContainerStatuses: list(10, containerStatus),
};
export type RawPodStatus = Message<typeof statusShape>;
const specShape = { ...podSpecShape, initContainers: list(20, message({ name: text(1), restartPolicy: text(24) })) };
export type RawPodSpec = Message<typeof specShape>;

/** core/v1 Pod */
export const pods = defineKind({
  group: '',
  version: 'v1',
  resource: 'pods',
  fields: {
    metadata: part(1, objectMeta),
    spec: part(2, message(specShape)),
    status: part(3, message(statusShape)),
  },
  project: ({ metadata, spec, status = {} }): Pod => {
    const meta = projectMeta(metadata);
    const startedAt = millis(status.startTime);
    return {
      ...meta,
      phase: status.phase ?? '',
      reason: podReason(spec ?? {}, status, meta.deletedAt !== undefined),
      nodeName: spec?.nodeName ?? '',
      containers: projectContainers(spec, status.containerStatuses),
      conditions: projectConditions(status.conditions),
      ...(startedAt !== undefined && { startedAt }),
    };
  },
});

/** The containers of the spec with their statuses, which may not be there yet. */
function projectContainers(spec: RawPodSpec = {}, statuses: readonly RawContainerStatus[] = []): Container[] {
  return (spec.containers ?? []).map(({ name = '', image = '', resources }) => {
    const status = statuses.find((candidate) => candidate.name === name);
    const lastRestartAt = millis(status?.lastState?.terminated?.finishedAt);
    return {
      name,
      image,
      ready: status?.ready ?? false,
      restarts: status?.restartCount ?? 0,
      ...(lastRestartAt !== undefined && { lastRestartAt }),
      requests: projectRequests(resources),
    };
  });
}
