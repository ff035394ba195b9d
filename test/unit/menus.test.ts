import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { JarvisError, type Remedy } from '../../src/core/errors.ts';
import { contextValue } from '../../src/ui/tree/context-value.ts';
import type { Subject } from '../../src/ui/tree/model.ts';
import { errorNode } from '../../src/ui/tree/placeholders.ts';

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when: string;
  readonly group: string;
}
const manifest = JSON.parse(readFileSync(path.join(import.meta.dirname, '../../package.json'), 'utf8')) as {
  readonly contributes: { readonly menus: { readonly 'view/item/context': readonly MenuItem[] } };
};

/** The commands on a row: its icons, or its context menu. */
function offered(
  where: 'inline' | 'menu',
  view: string,
  context: string,
  subject: Subject,
  readOnly = false,
): readonly string[] {
  const viewItem = contextValue({ label: '', context }, subject);
  return manifest.contributes.menus['view/item/context']
    .filter(({ group }) => group.startsWith('inline') === (where === 'inline'))
    .filter(({ when }) => when.split(' && ').every((clause) => holds(clause, { view, viewItem, readOnly })))
    .map(({ command, submenu }) => command ?? submenu ?? '');
}

interface Keys {
  readonly view: string;
  readonly viewItem: string;
  readonly readOnly: boolean;
}

/** As much of VS Code's when clauses as these menus use, on one selected row. */
function holds(clause: string, { readOnly, ...keys }: Keys): boolean {
  if (clause === 'listDoubleSelection') return false;
  if (clause === '!jarvis.guards.readOnly') return !readOnly;
  const [, key = '', operator, value = ''] = /^(\w+) (==|=~) (.+)$/.exec(clause) ?? [];
  assert.ok(operator, `"${clause}" is not understood`);
  const actual = keys[key as keyof typeof keys];
  return operator === '==' ? actual === value : new RegExp(value.slice(1, -1)).test(actual);
}

const prod = { context: 'prod', server: 'https://prod.example', cluster: 'prod' };
const where = { cluster: prod, namespace: 'sock-shop', name: 'front-end' };
const hpa: Subject = {
  pointer: { ...where, kind: 'HorizontalPodAutoscaler' },
  chart: { ...where, kind: 'hpa', uid: 'u' },
  copyText: 'front-end',
};
function errorIcons(remedies: readonly Remedy[]): readonly string[] {
  const error = new JarvisError({ code: 'kube.unreachable', message: 'prod cannot be reached', remedies });
  const node = errorNode({ error, retry: () => undefined });
  return offered('inline', 'jarvis.clusters', node.row().context ?? '', node.subject ?? {});
}

const ref = { arn: 'arn', scope: 'prod', name: 'cpu' };
const alarm: Subject = { alarm: ref, chart: { kind: 'alarm', alarm: ref, name: 'cpu' }, copyText: 'cpu' };

describe('the menus of a row', () => {
  it('of an HPA: its chart at hand, the write in the menu', () => {
    assert.deepEqual(offered('inline', 'jarvis.clusters', 'hpa scalable atMax', hpa), ['jarvis.openChart']);
    assert.deepEqual(offered('menu', 'jarvis.clusters', 'hpa scalable', hpa), [
      'jarvis.openChart',
      'jarvis.scaleHpa',
      'jarvis.copyName',
    ]);
    const readOnly = offered('menu', 'jarvis.clusters', 'hpa scalable', hpa, true);
    assert.deepEqual(readOnly, ['jarvis.openChart', 'jarvis.copyName']);
  });

  it('of a workload that has a rollout, and of what is wrong with one of its pods: its restart', () => {
    const of = (resource: string, kind: string): Subject => ({
      object: { cluster: prod, group: 'apps', version: 'v1', resource, kind, namespace: 'n', name: 'x', uid: 'u' },
    });
    const restarts = (context: string, subject: Subject) =>
      offered('menu', 'jarvis.clusters', context, subject).includes('jarvis.restartRollout');
    for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet'])
      assert.ok(restarts(`${kind.toLowerCase()} noShell`, of(`${kind.toLowerCase()}s`, kind)), kind);
    assert.ok(restarts('deployment scalable finding', of('deployments', 'Deployment')));
    assert.ok(restarts('pod finding', of('pods', 'Pod')));
    assert.ok(!restarts('pod', of('pods', 'Pod')));
    assert.ok(!restarts('job', of('jobs', 'Job')));
    assert.ok(!restarts('deployment scalable noWrite', of('deployments', 'Deployment')));
  });

  it('of an alarm about pods: chart and history at hand, the fitting action in the menu', () => {
    assert.deepEqual(offered('inline', 'jarvis.alarms', 'alarm ALARM scalable', alarm), [
      'jarvis.openChart',
      'jarvis.openAlarmHistory',
    ]);
    assert.ok(offered('menu', 'jarvis.alarms', 'alarm ALARM scalable', alarm).includes('jarvis.scaleHpa'));
  });

  it('of an alarm about something else: no action that would not help', () => {
    assert.ok(!offered('menu', 'jarvis.alarms', 'alarm OK', alarm).includes('jarvis.scaleHpa'));
  });

  it('of a receipt: Undo only where there is something to undo', () => {
    const run: Subject = { planId: 'jv-1', copyText: 'title' };
    assert.deepEqual(offered('inline', 'jarvis.activity', 'run verified undoable', run), ['jarvis.undo']);
    assert.deepEqual(offered('inline', 'jarvis.activity', 'run notChanged', run), []);
    assert.ok(offered('menu', 'jarvis.activity', 'run notChanged', run).includes('jarvis.openAction'));
  });

  it('of a pod: a forward and a shell, unless the server has said that this user may not', () => {
    const pod: Subject = {
      object: {
        cluster: prod,
        group: '',
        version: 'v1',
        resource: 'pods',
        kind: 'Pod',
        namespace: 'n',
        name: 'p',
        uid: 'u',
      },
    };
    const connecting = (context: string, readOnly = false) =>
      offered('menu', 'jarvis.clusters', context, pod, readOnly).filter((id) => /portForward|execInPod/.test(id));
    assert.deepEqual(connecting('pod'), ['jarvis.portForward', 'jarvis.execInPod']);
    assert.deepEqual(connecting('pod', true), ['jarvis.portForward'], 'who is in a container may write');
    assert.deepEqual(connecting('container main running noForward'), ['jarvis.execInPod']);
    assert.deepEqual(connecting('pod noForward noShell'), []);
    assert.deepEqual(connecting('service noForward noShell'), []);
    assert.deepEqual(connecting('deployment scalable noShell'), ['jarvis.portForward']);
  });

  it('of a workload, down to a CronJob: its logs at hand', () => {
    const object = {
      cluster: prod,
      group: 'batch',
      version: 'v1',
      resource: 'cronjobs',
      kind: 'CronJob',
      namespace: 'n',
      name: 'c',
      uid: 'u',
    };
    for (const context of ['cronjob', 'job', 'deployment scalable', 'pod', 'container main running'])
      assert.ok(offered('inline', 'jarvis.clusters', context, { object }).includes('jarvis.showLogs'), context);
    assert.ok(!offered('menu', 'jarvis.clusters', 'service', { object }).includes('jarvis.showLogs'));
  });

  it('of a release, a revision and what is wrong with one: what there is to read, and how it differs at hand', () => {
    const release: Subject = { release: { ...where, revision: 3 } };
    for (const context of ['release deployed', 'revision failed', 'release finding']) {
      assert.deepEqual(offered('inline', 'jarvis.clusters', context, release), ['jarvis.compareRevisions'], context);
      const reads = ['compareRevisions', 'showReleaseValues', 'showReleaseManifest', 'showReleaseNotes'];
      assert.deepEqual(
        offered('menu', 'jarvis.clusters', context, release),
        ['rollbackRelease', ...reads].map((id) => `jarvis.${id}`),
      );
    }
    assert.deepEqual(offered('menu', 'jarvis.clusters', 'release', {}), []); // known by its objects alone
  });

  it('of an error: its way out and trying again, and nothing that needs a thing', () => {
    for (const state of ['state.error', 'state.forbidden', 'state.stale'])
      assert.deepEqual(offered('inline', 'jarvis.clusters', state, {}), ['jarvis.retry']);
    assert.deepEqual(errorIcons([{ kind: 'retry' }, { kind: 'openLog' }]), ['jarvis.retry']);
    assert.deepEqual(errorIcons([{ kind: 'openSetting', setting: 'x' }]), ['jarvis.solve', 'jarvis.retry']);
    assert.deepEqual(offered('menu', 'jarvis.clusters', 'state.error', {}), []);
  });
});
