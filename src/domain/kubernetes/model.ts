/**
 * What Jarvis keeps of Kubernetes objects: only the fields that it shows or decides on, read while decoding.
 * Times are milliseconds since the epoch; CPU is in millicores, memory in bytes.
 * Source of every field: k8s.io/api `generated.proto` of the group and version named at each type.
 */

export type * from './model/object.ts';
export type * from './model/pod.ts';
export type * from './model/workload.ts';
export type * from './model/job.ts';
export type * from './model/network.ts';
export type * from './model/configuration.ts';
export type * from './model/hpa.ts';
export type * from './model/node.ts';
export type * from './model/release.ts';
export type * from './model/warning.ts';
