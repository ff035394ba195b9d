import assert from 'node:assert/strict';
import { pods } from '../../../../../src/clients/kubernetes/kinds/pods.ts';
import { proto } from '../../../../support/protobuf.ts';
import { at, reads, time } from '../../../../support/kubernetes/encodings.ts';

const reference = (name: string) => proto({ 1: proto({ 1: name }) });

describe('pods, in protobuf as in JSON', () => {
  it('roles, states and how the last run ended', () => {
    const running = { role: 'main', requests: {}, image: '', state: { kind: 'running', reason: '', message: '' } };
    reads(
      pods,
      {
        2: proto({
          2: [proto({ 1: 'main' }), proto({ 1: 'crashing' }), proto({ 1: 'new' })],
          20: [proto({ 1: 'prepare', 24: '' }), proto({ 1: 'proxy', 24: 'Always' })],
        }),
        3: proto({
          8: [
            proto({ 1: 'main', 2: proto({ 2: proto({}) }), 4: true, 5: 0 }),
            proto({
              1: 'crashing',
              2: proto({ 1: proto({ 1: 'CrashLoopBackOff', 2: 'back-off 5m0s' }) }),
              3: proto({ 3: proto({ 1: 137, 2: 9, 3: 'OOMKilled', 6: time(2000) }) }),
              4: false,
              5: 4,
            }),
          ],
          10: [proto({ 1: 'prepare', 2: proto({ 3: proto({ 1: 0, 3: 'Completed', 4: 'done' }) }) })],
        }),
      },
      {
        spec: {
          containers: [{ name: 'main' }, { name: 'crashing' }, { name: 'new' }],
          initContainers: [{ name: 'prepare' }, { name: 'proxy', restartPolicy: 'Always' }],
        },
        status: {
          containerStatuses: [
            { name: 'main', state: { running: {} }, ready: true, restartCount: 0 },
            {
              name: 'crashing',
              state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off 5m0s' } },
              lastState: { terminated: { exitCode: 137, signal: 9, reason: 'OOMKilled', finishedAt: at(2000) } },
              restartCount: 4,
            },
          ],
          initContainerStatuses: [
            { name: 'prepare', state: { terminated: { exitCode: 0, reason: 'Completed', message: 'done' } } },
          ],
        },
      },
      {
        containers: [
          {
            ...running,
            name: 'main',
            role: 'main',
            ready: true,
            restarts: 0,
            state: { ...running.state, kind: 'running' },
          },
          {
            ...running,
            name: 'crashing',
            role: 'main',
            ready: false,
            restarts: 4,
            lastRestartAt: 2_000_000,
            state: { kind: 'waiting', reason: 'CrashLoopBackOff', message: 'back-off 5m0s' },
            lastExit: { code: 137, signal: 9, reason: 'OOMKilled', at: 2_000_000 },
          },
          {
            ...running,
            name: 'new',
            role: 'main',
            ready: false,
            restarts: 0,
            state: { ...running.state, kind: 'unknown' },
          },
          {
            ...running,
            name: 'prepare',
            role: 'init',
            ready: false,
            restarts: 0,
            state: {
              kind: 'terminated',
              reason: 'Completed',
              message: 'done',
              exit: { code: 0, signal: 0, reason: 'Completed' },
            },
          },
          {
            ...running,
            name: 'proxy',
            role: 'sidecar',
            ready: false,
            restarts: 0,
            state: { ...running.state, kind: 'unknown' },
          },
        ],
      },
    );
  });

  it('each object that they use, once', () => {
    reads(
      pods,
      {
        2: proto({
          1: [
            proto({ 1: 'a', 2: proto({ 6: proto({ 1: 'keys' }) }) }),
            proto({ 1: 'b', 2: proto({ 10: proto({ 1: 'data' }) }) }),
            proto({ 1: 'c', 2: proto({ 19: reference('settings') }) }),
            proto({
              1: 'd',
              2: proto({ 26: proto({ 1: [proto({ 1: reference('keys') }), proto({ 3: reference('ca') })] }) }),
            }),
            proto({ 1: 'e', 2: proto({ 2: proto({}) }) }),
          ],
          2: [
            proto({
              7: [
                proto({ 1: 'PLAIN', 2: 'x' }),
                proto({ 3: proto({ 3: proto({ 1: proto({ 1: 'settings' }), 2: 'k' }) }) }),
                proto({ 3: proto({ 4: proto({ 1: proto({ 1: 'token' }), 2: 'k' }) }) }),
              ],
            }),
          ],
          20: [proto({ 19: [proto({ 2: reference('flags') }), proto({ 3: reference('token') })] })],
        }),
      },
      {
        spec: {
          volumes: [
            { name: 'a', secret: { secretName: 'keys' } },
            { name: 'b', persistentVolumeClaim: { claimName: 'data' } },
            { name: 'c', configMap: { name: 'settings' } },
            { name: 'd', projected: { sources: [{ secret: { name: 'keys' } }, { configMap: { name: 'ca' } }] } },
            { name: 'e', emptyDir: {} },
          ],
          containers: [
            {
              env: [
                { name: 'PLAIN', value: 'x' },
                { valueFrom: { configMapKeyRef: { name: 'settings', key: 'k' } } },
                { valueFrom: { secretKeyRef: { name: 'token', key: 'k' } } },
              ],
            },
          ],
          initContainers: [{ envFrom: [{ configMapRef: { name: 'flags' } }, { secretRef: { name: 'token' } }] }],
        },
      },
      {
        uses: [
          { kind: 'Secret', name: 'keys' },
          { kind: 'PersistentVolumeClaim', name: 'data' },
          { kind: 'ConfigMap', name: 'settings' },
          { kind: 'ConfigMap', name: 'ca' },
          { kind: 'Secret', name: 'token' },
          { kind: 'ConfigMap', name: 'flags' },
        ],
      },
    );
  });

  it('what it may do without, unless something else of it may not', () => {
    const optional = (name: string, number: number, value = true) => proto({ 1: proto({ 1: name }), [number]: value });
    const volume = (number: number, bytes: Buffer) => proto({ 1: 'v', 2: proto({ [number]: bytes }) });
    reads(
      pods,
      {
        2: proto({
          1: [volume(6, proto({ 1: 'keys', 4: true })), volume(19, optional('settings', 4))],
          2: [
            proto({
              7: [
                proto({ 3: proto({ 4: optional('keys', 3, false) }) }),
                proto({ 3: proto({ 3: optional('flags', 3) }) }),
              ],
              19: [proto({ 3: optional('token', 2) })],
            }),
          ],
        }),
      },
      {
        spec: {
          volumes: [
            { name: 'v', secret: { secretName: 'keys', optional: true } },
            { name: 'v', configMap: { name: 'settings', optional: true } },
          ],
          containers: [
            {
              env: [
                { valueFrom: { secretKeyRef: { name: 'keys', optional: false } } },
                { valueFrom: { configMapKeyRef: { name: 'flags', optional: true } } },
              ],
              envFrom: [{ secretRef: { name: 'token', optional: true } }],
            },
          ],
        },
      },
      {
        uses: [
          { kind: 'Secret', name: 'keys' },
          { kind: 'ConfigMap', name: 'settings', optional: true },
          { kind: 'ConfigMap', name: 'flags', optional: true },
          { kind: 'Secret', name: 'token', optional: true },
        ],
      },
    );
  });

  it('what most pods lack is the same in all of them, so that many cost little', () => {
    const [one, other] = [pods.fromProtobuf(proto({})).object, pods.fromProtobuf(proto({})).object];
    assert(one.uses === other.uses && one.conditions === other.conditions);
    assert(one.labels === other.labels && one.owners === other.owners);
  });
});
