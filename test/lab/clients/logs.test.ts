import assert from 'node:assert/strict';
import { systemClock } from '../../../src/core/clock.ts';
import { LogFollow, type LogOptions } from '../../../src/domain/logs/follow.ts';
import { eventually } from '../../support/eventually.ts';
import { type Lab, startLab } from '../lab.ts';
import { type Context, World } from '../weather/world.ts';
import { Diaries } from './diaries.ts';

const soon = 30_000;
const many = Array.from({ length: 2000 }, (_, n) => `entry ${n} ${'x'.repeat(n % 40)}`);

describe('logs of a real cluster', function () {
  this.timeout('20m');
  let lab: Lab;
  let world: World;
  let diaries: Diaries;
  let pods: readonly string[];
  const open: LogFollow[] = [];

  before(async () => {
    lab = await startLab({ parts: [] });
    world = await World.of(lab);
    diaries = await Diaries.open(lab, 2);
    pods = await diaries.pods(2);
    const [one = '', two = ''] = pods;
    await Promise.all([diaries.begin(one, many, ['in another life', 'FATAL']), diaries.begin(two, ['two wakes up'])]);
  });
  afterEach(async () => {
    for (const follow of open.splice(0)) follow.dispose();
    await world.clear();
  });
  after(async () => {
    await diaries.close();
    await lab.close();
  });

  async function follow(
    kind: 'deployments' | 'cronjobs' | 'pods',
    name: string,
    { context, ...options }: Partial<LogOptions> & { readonly context?: Context } = {},
  ) {
    const { cluster, ref } = await world.open(context);
    const logs = new LogFollow(cluster, diaries.object(kind, name, ref), { previous: false, ...options }, systemClock);
    open.push(logs);
    const texts = (pod?: string) =>
      logs.buffer
        .slice(logs.buffer.first, logs.buffer.end)
        .filter(({ source }) => pod === undefined || logs.sources[source]?.pod === pod)
        .map(({ text }) => text);
    const states = () => Object.fromEntries(logs.sources.map(({ pod, state }) => [pod, state.kind]));
    return {
      logs,
      texts,
      states,
      says: (text: string) =>
        eventually(
          () => ({ isSaid: texts().includes(text), last: texts().slice(-5) }),
          ({ isSaid }) => isSaid,
          soon,
        ),
    };
  }

  it('are those of all pods of a workload, as they come', async () => {
    const [one = '', two = ''] = pods;
    const { says, texts, states } = await follow('deployments', 'web');
    await says('two wakes up');
    await says(many.at(-1) ?? '');
    await diaries.say(two, 'two goes on');
    await says('two goes on');
    assert.deepEqual(states(), { [one]: 'live', [two]: 'live' });
    assert.deepEqual(texts(one), many);
  });

  it('lose no line and show none twice when the connection is cut half-way, again and again', async () => {
    const [one = ''] = pods;
    for (const afterBytes of [0, 20_000, 40_000])
      lab.faults.kubernetes.add({ kind: 'cut', afterBytes }, { path: '/log?', times: 1 });
    const { says, texts } = await follow('pods', one);
    await says(many.at(-1) ?? '');
    assert.deepEqual(texts(), many);
    lab.faults.kubernetes.cutConnections();
    await diaries.say(one, 'after the cut');
    await says('after the cut');
    assert.deepEqual(texts(), [...many, 'after the cut']);
  });

  it('go on where they were after nobody has looked', async () => {
    const [, two = ''] = pods;
    const { logs, says, texts } = await follow('pods', two);
    await says('two wakes up');
    const before = texts();
    logs.setVisible(false);
    await diaries.say(two, 'unseen', 'unseen');
    logs.setVisible(true);
    await diaries.say(two, 'seen');
    await says('seen');
    assert.deepEqual(texts(), [...before, 'unseen', 'unseen', 'seen']);
  });

  it('of the run before are read to their end, or said to be missing', async () => {
    const [one = '', two = ''] = pods;
    const { states, texts } = await follow('deployments', 'web', { previous: true });
    await eventually(states, (all) => all[one] === 'ended' && all[two] === 'none', soon);
    await eventually(texts, ({ length }) => length === 2, soon);
    assert.deepEqual(texts(), ['in another life', 'FATAL']);
  });

  it('of the last seconds leave out what is older', async () => {
    const [one = ''] = pods;
    const { says, texts } = await follow('pods', one, { sinceSeconds: 60 });
    await diaries.say(one, 'young');
    await says('young');
    assert.ok(!texts().includes(many.at(-1) ?? ''), 'nothing old');
  });

  it('that the user may not read say so, and why', async () => {
    const [one = ''] = pods;
    const { namespace } = Diaries;
    await lab.kubectl('-n', namespace, 'create', 'role', 'looker', '--verb=get,list,watch', '--resource=pods');
    await lab.kubectl('-n', namespace, 'create', 'rolebinding', 'looker', '--role=looker', '--user=alice');
    const { logs } = await follow('pods', one, { context: await world.certified('alice') });
    const error = await eventually(() => logs.error, Boolean, soon);
    assert.match(error?.message ?? '', /User "alice" cannot get resource "pods\/log"/);
    assert.deepEqual(error?.remedies, [{ kind: 'retry' }]);
  });

  it('of a CronJob are those of its jobs’ pods', async () => {
    const { namespace } = Diaries;
    await lab.kubectl('-n', namespace, 'create', 'cronjob', 'report', '--image=report:1', '--schedule=0 0 1 1 *');
    const { says, logs } = await follow('cronjobs', 'report');
    await lab.kubectl('-n', namespace, 'create', 'job', 'report-now', '--from=cronjob/report');
    await says('started');
    assert.match(logs.sources[0]?.pod ?? '', /^report-now-/);
  });

  it('keep what a deleted pod said, and go on with the pod that replaces it', async () => {
    const [one = '', two = ''] = pods;
    const { says, states, texts } = await follow('deployments', 'web');
    await says('two wakes up');
    await lab.kubectl('-n', Diaries.namespace, 'delete', 'pod', two, '--wait=false');
    const [three = ''] = await diaries.pods(1, pods);
    await eventually(states, (all) => all[two] === 'gone', soon);
    await eventually(
      () => texts(three),
      ([first]) => first === 'started',
      soon,
    );
    assert.equal(states()[one], 'live');
    assert.ok(texts(two).includes('two wakes up'));
  });
});
