import assert from 'node:assert/strict';
import { cronjobs } from '../../../../../src/clients/kubernetes/kinds/cronjobs.ts';
import { daemonsets } from '../../../../../src/clients/kubernetes/kinds/daemonsets.ts';
import { jobs } from '../../../../../src/clients/kubernetes/kinds/jobs.ts';
import { replicasets } from '../../../../../src/clients/kubernetes/kinds/replicasets.ts';
import { statefulsets } from '../../../../../src/clients/kubernetes/kinds/statefulsets.ts';
import { proto, protoMap } from '../../../../support/protobuf.ts';
import { at, quantity, reads, time } from '../../../../support/kubernetes/encodings.ts';

const metadata = { metadata: { name: 'each' } };

describe('workloads, in protobuf as in JSON', () => {
  it('statefulsets, daemonsets and replicasets', () => {
    const condition = proto({ 1: 'Failing', 2: 'True', 3: time(60), 4: 'Quota', 5: 'exceeded' });
    const conditions = [
      { type: 'Failing', status: 'True', reason: 'Quota', message: 'exceeded', lastTransitionTime: at(60) },
    ];
    const numbers = { wanted: 3, ready: 2, updated: 1, available: 2, observedGeneration: 7 };
    const read = [{ type: 'Failing', status: 'True', reason: 'Quota', message: 'exceeded', changedAt: 60_000 }];
    reads(
      statefulsets,
      { 2: proto({ 1: 3 }), 3: proto({ 1: 7, 2: 9, 3: 2, 4: 9, 5: 1, 10: [condition], 11: 2 }) },
      {
        spec: { replicas: 3 },
        status: { observedGeneration: 7, readyReplicas: 2, updatedReplicas: 1, availableReplicas: 2, conditions },
      },
      { ...numbers, conditions: read },
    );
    reads(
      daemonsets,
      {
        2: proto({ 1: proto({ 1: protoMap({ a: 'b' }) }) }),
        3: proto({ 1: 9, 2: 9, 3: 3, 4: 2, 5: 7, 6: 1, 7: 2, 10: [condition] }),
      },
      {
        spec: { selector: { matchLabels: { a: 'b' } } },
        status: {
          desiredNumberScheduled: 3,
          numberReady: 2,
          updatedNumberScheduled: 1,
          numberAvailable: 2,
          observedGeneration: 7,
          conditions,
        },
      },
      { ...numbers, conditions: read, selector: { matchLabels: { a: 'b' }, matchExpressions: [] } },
    );
    const revision = { 'deployment.kubernetes.io/revision': '12' };
    reads(
      replicasets,
      { 1: proto({ 12: protoMap(revision) }), 2: proto({ 1: 3 }), 3: proto({ 1: 9, 4: 2 }) },
      { metadata: { annotations: revision }, spec: { replicas: 3 }, status: { readyReplicas: 2 } },
      { wanted: 3, ready: 2, revision: 12 },
    );
    assert(!('revision' in replicasets.fromJson(metadata).object));
  });

  it('a template with its sidecars, which are scheduled too', () => {
    const resources = (cpu: string) => proto({ 2: protoMap({ cpu: quantity(cpu) }) });
    reads(
      statefulsets,
      {
        2: proto({
          3: proto({
            2: proto({
              2: [proto({ 1: 'main', 2: 'main:1', 8: resources('1') })],
              20: [proto({ 1: 'prepare' }), proto({ 1: 'proxy', 2: 'proxy:1', 8: resources('50m'), 24: 'Always' })],
            }),
          }),
        }),
      },
      {
        spec: {
          template: {
            spec: {
              containers: [{ name: 'main', image: 'main:1', resources: { requests: { cpu: '1' } } }],
              initContainers: [
                { name: 'prepare' },
                { name: 'proxy', image: 'proxy:1', restartPolicy: 'Always', resources: { requests: { cpu: '50m' } } },
              ],
            },
          },
        },
      },
      {
        template: {
          containers: [
            { name: 'main', image: 'main:1', requests: { cpu: 1000 } },
            { name: 'proxy', image: 'proxy:1', requests: { cpu: 50 } },
          ],
          nodeSelector: {},
          tolerations: [],
          constrained: false,
        },
      },
    );
  });

  it('jobs and cronjobs', () => {
    reads(
      jobs,
      { 2: proto({ 2: 4, 10: true }), 3: proto({ 2: time(60), 3: time(120), 4: 1, 5: 2, 6: 3 }) },
      {
        spec: { completions: 4, suspend: true },
        status: { startTime: at(60), completionTime: at(120), active: 1, succeeded: 2, failed: 3 },
      },
      { completions: 4, suspended: true, startedAt: 60_000, completedAt: 120_000, active: 1, succeeded: 2, failed: 3 },
    );
    assert(!('completions' in jobs.fromProtobuf(proto({})).object), 'a work queue has no number of completions');
    reads(
      cronjobs,
      {
        2: proto({ 1: '@daily', 4: true, 8: 'Asia/Seoul' }),
        3: proto({ 1: [proto({ 3: 'a' }), proto({ 3: 'b' })], 4: time(60), 5: time(120) }),
      },
      {
        spec: { schedule: '@daily', suspend: true, timeZone: 'Asia/Seoul' },
        status: { active: [{ name: 'a' }, { name: 'b' }], lastScheduleTime: at(60), lastSuccessfulTime: at(120) },
      },
      {
        schedule: '@daily',
        suspended: true,
        timeZone: 'Asia/Seoul',
        active: 2,
        lastScheduledAt: 60_000,
        lastSucceededAt: 120_000,
      },
    );
  });
});
