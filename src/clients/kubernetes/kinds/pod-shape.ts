import { type Message, list, message, sharedText, text } from '../protobuf.ts';
import { containerStatus } from './container-status.ts';
import { conditionShape, time } from './meta.ts';
import { containerShape } from './pod-spec.ts';
import { environmentShape, volumes } from './pod-uses.ts';

const containerFields = { ...containerShape, ...environmentShape };
const container = message(containerFields);
export type RawPodContainer = Message<typeof containerFields>;

const specFields = {
  volumes,
  containers: list(2, container),
  nodeName: sharedText(10),
  initContainers: list(20, container),
};
export const podSpec = message(specFields);
export type RawPodSpec = Message<typeof specFields>;

const statusFields = {
  phase: sharedText(1),
  conditions: list(2, message(conditionShape({ changedAt: 4, reason: 5, message: 6 }))),
  reason: text(4),
  startTime: time(7),
  containerStatuses: list(8, containerStatus),
  initContainerStatuses: list(10, containerStatus),
};
export const podStatus = message(statusFields);
export type RawPodStatus = Message<typeof statusFields>;
