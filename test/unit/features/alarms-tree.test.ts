import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { loading } from '../../../src/core/loadable.ts';
import { alarmsBranch } from '../../../src/features/alarms/alarms-tree.ts';
import { AlarmFilterState } from '../../../src/features/alarms/filter-state.ts';
import { historyText } from '../../../src/features/alarms/history-text.ts';
import { objectBranch } from '../../../src/features/clusters/object-branch.ts';
import { FakeMemory } from '../../support/clusters-view.ts';
import { FakeAlarmSource } from '../../support/builders/alarm-source.ts';
import { aScope, anAlarm } from '../../support/builders/alarms.ts';
import { FakeCluster, aDeployment, anHpa, clustersOf } from '../../support/builders/kubernetes.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Screen, assertTree } from '../../support/screen.ts';

const expired = new JarvisError({
  code: 'aws.credentialsExpired',
  message: 'The AWS credentials of prod have expired.',
  remedies: [{ kind: 'signInAws', profile: 'prod' }, { kind: 'retry' }],
});
const prod = { context: 'prod', server: 'https://prod.example', cluster: 'prod-seoul' };

describe('the Alarms view', () => {
  let clock: FakeClock;
  let source: FakeAlarmSource;
  let filter: AlarmFilterState;
  let cluster: FakeCluster;
  let screen: Screen;
  const flushed = () => clock.advance(200);

  beforeEach(() => {
    clock = new FakeClock('2026-11-21T08:03:00Z');
    source = new FakeAlarmSource();
    filter = new AlarmFilterState(new FakeMemory());
    cluster = new FakeCluster(prod);
    const ports = { clusters: clustersOf(cluster), clock, defaultRoute: () => 'direct' as const };
    screen = new Screen(
      alarmsBranch({ source, clock, filter, objects: (subject) => objectBranch(ports, subject) }),
      clock,
    );
  });
  afterEach(() => screen.dispose());

  it('is left to its welcome where nothing is configured', () => {
    assertTree(screen, []);
  });

  it('shows the worst first: since when, and why in plain words', async () => {
    const burning = anAlarm({
      name: 'burning',
      state: 'ALARM',
      reasonData: { recentDatapoints: [92, 88, 40], threshold: 60 },
    });
    source.has(aScope([anAlarm({ name: 'fine' }), anAlarm({ name: 'blind', state: 'INSUFFICIENT_DATA' }), burning]));
    await flushed();
    assertTree(screen, [
      {
        label: 'burning',
        description: /^3 m · CPU 92 % for 2 of 3 periods, above 60 %$/,
        icon: 'error',
        context: /^alarm ALARM/,
      },
      { label: 'blind', icon: 'question' },
      { label: 'fine', icon: 'pass' },
    ]);
    assert.match(screen.row('burning').spoken ?? '', /in alarm for 3 m/);
  });

  it('redraws one row when one alarm changes', async () => {
    const [a, b] = [anAlarm({ name: 'a' }), anAlarm({ name: 'b', since: 0 })];
    source.has(aScope([a, b]));
    await flushed();
    screen.forget();
    source.has(aScope([a, { ...b, reason: 'something else' }]));
    await flushed();
    assert.deepEqual(screen.drawn, ['b']);
  });

  it('adds a level of scopes, with account and region, only where there are several', async () => {
    const tokyo = { ...aScope([anAlarm({ state: 'ALARM' })]), scope: { label: 'tokyo' } };
    source.has(aScope([anAlarm()]), tokyo);
    await flushed();
    assertTree(screen, [
      {
        label: 'prod',
        description: '123456789012 · ap-northeast-2',
        children: [{ label: 'front-end-cpu', icon: 'pass' }],
      },
      { label: 'tokyo', description: /· 1 in alarm$/, children: [{ label: 'front-end-cpu', icon: 'error' }] },
    ]);
  });

  it('lets one scope fail alone, and asks that one again', async () => {
    const broken = { ...aScope([]), scope: { label: 'broken' }, alarms: { state: 'failed', error: expired } as const };
    const slow = { ...aScope([]), scope: { label: 'slow' }, alarms: loading };
    source.has(aScope([anAlarm()]), broken, slow);
    await flushed();
    assertTree(screen, [
      { label: 'prod', children: [{ label: 'front-end-cpu' }] },
      { label: 'broken', children: [{ label: expired.message, description: 'Sign in to AWS' }] },
      { label: 'slow', children: [{ label: 'Loading…' }] },
    ]);
    screen.find('broken', expired.message).subject.trouble?.retry();
    assert.deepEqual(source.refreshed, ['broken']);
  });

  it('marks what is old instead of showing it as new', async () => {
    source.has(aScope([anAlarm()], expired));
    await flushed();
    assertTree(screen, [{ label: /^Not up to date since/, description: expired.message }, { label: 'front-end-cpu' }]);
  });

  it('filters by state and by words, and says when nothing passes', async () => {
    source.has(aScope([anAlarm({ name: 'web-cpu', state: 'ALARM' }), anAlarm({ name: 'db-cpu' })]));
    await filter.set({ states: new Set(['ALARM']), text: '' });
    await flushed();
    assertTree(screen, [{ label: 'web-cpu' }]);
    await filter.set({ states: new Set(), text: 'db' });
    await flushed();
    assertTree(screen, [{ label: 'db-cpu' }]);
    await filter.set({ states: new Set(['ALARM']), text: 'db' });
    await flushed();
    assertTree(screen, [{ label: 'No alarm passes the filter.' }]);
    assert.equal(filter.inWords(), 'in alarm; db');
    await filter.clear();
    await flushed();
    assert.equal(screen.lines().length, 2);
  });

  it('keeps its filter for the workspace, and takes what it cannot read for none', async () => {
    const memory = new FakeMemory();
    const before = new AlarmFilterState(memory);
    await before.set({ states: new Set(['ALARM', 'INSUFFICIENT_DATA']), text: 'front' });
    assert.equal(new AlarmFilterState(memory).inWords(), before.inWords());
    await before.clear();
    assert.equal(new AlarmFilterState(memory).isOn, false);
    for (const kept of ['x', null, { states: ['BROKEN', 7], text: 7 }, { states: 'ALARM' }]) {
      memory.get = () => kept;
      assert.equal(new AlarmFilterState(memory).isOn, false);
    }
  });

  describe('under an alarm', () => {
    const alarm = anAlarm({ state: 'ALARM' });

    beforeEach(async () => {
      source.has(aScope([alarm]));
      await flushed();
      screen.expand(alarm.name);
    });

    it('shows the object, the chart, the fitting action and the history', () => {
      assertTree(
        screen,
        [
          { label: 'front-end', description: 'Workload · sock-shop · prod-seoul' },
          { label: 'Chart' },
          { label: 'Scale HPA…' },
          { label: 'History' },
        ],
        alarm.name,
      );
      const { arn, scope, name } = alarm;
      assert.deepEqual(screen.find(alarm.name, 'Scale HPA…').subject, { alarm: { arn, scope, name } });
      assert.equal(screen.row(alarm.name, 'Chart').command, 'jarvis.openChart');
    });

    it('shows the live deployment and HPA that it is about, held only while they are seen', async () => {
      screen.expand(alarm.name, 'front-end');
      cluster.stores.deployments.has(aDeployment(), aDeployment({ name: 'carts', uid: 'other' }));
      cluster.stores.horizontalpodautoscalers.has(anHpa());
      await flushed();
      assertTree(
        screen,
        [
          {
            label: 'prod',
            children: [
              { label: 'front-end', context: /^deployment/ },
              { label: 'front-end', context: /^hpa/ },
            ],
          },
        ],
        alarm.name,
        'front-end',
      );
      screen.collapse(alarm.name);
      assert.equal(cluster.leases, 0);
    });

    it('reads the history when it is opened, newest first', async () => {
      source.histories = () =>
        Promise.resolve([
          { at: clock.now(), type: 'StateUpdate', summary: 'Alarm updated from OK to ALARM', from: 'OK', to: 'ALARM' },
          { at: clock.now() - 1, type: 'Action', summary: 'Published to topic' },
        ]);
      screen.expand(alarm.name, 'History');
      assertTree(screen, [{ label: 'Loading…' }], alarm.name, 'History');
      await flushed();
      assertTree(
        screen,
        [
          { label: 'OK → in alarm', icon: 'error' },
          { label: 'Published to topic', icon: 'bell' },
        ],
        alarm.name,
        'History',
      );
    });

    it('cancels the reading when the history is closed', () => {
      let signal: AbortSignal | undefined;
      source.histories = (given) => {
        signal = given;
        return new Promise(() => undefined);
      };
      screen.expand(alarm.name, 'History');
      screen.collapse(alarm.name, 'History');
      assert.equal(signal?.aborted, true);
    });

    it('says why the history cannot be read', async () => {
      source.histories = () => Promise.reject(expired);
      screen.expand(alarm.name, 'History');
      await flushed();
      assertTree(screen, [{ label: expired.message, icon: 'error' }], alarm.name, 'History');
    });
  });

  it('writes the history as text in which no name can draw', () => {
    const text = historyText(
      anAlarm({ name: 'evil\u001b[2J\nname' }),
      [{ at: 0, type: 'Other', summary: 'x\r\ny' }],
      0,
    );
    assert.match(text, /^evil \[2J name$/m);
    assert.match(text, /x y/);
  });
});
