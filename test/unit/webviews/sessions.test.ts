import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { MetricSource, TimeRange } from '../../../src/domain/metrics/model.ts';
import type { ActionUpdate } from '../../../src/webviews/contract/action.ts';
import type { ChartUpdate } from '../../../src/webviews/contract/chart.ts';
import { ActionSession } from '../../../src/webviews/panels/action-session.ts';
import { ChartSession } from '../../../src/webviews/panels/chart-session.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { actionScenes } from '../../support/webview-demo/action-scenes.ts';
import { cpuOf } from '../../support/webview-demo/chart-scenes.ts';
import { ScriptedModel } from '../../support/webview-demo/scripted-model.ts';

const subject = { kind: 'alarm', alarm: { arn: 'arn', scope: 'prod' }, name: 'cpu' } as const;
const expired = new JarvisError({
  code: 'aws.credentialsExpired',
  message: 'expired',
  remedies: [{ kind: 'retry' }, { kind: 'signInAws' }],
});

function openChart(range: TimeRange = { last: 3600 }) {
  const clock = new FakeClock();
  const sent: { type: string; body: unknown }[] = [];
  const left: string[] = [];
  const asked: { range: TimeRange; signal: AbortSignal }[] = [];
  let answer: MetricSource['query'] = (_, asking) => Promise.resolve(cpuOf(asking, 60));
  const note = (what: string) => Promise.resolve(void left.push(what));
  const source: MetricSource = {
    id: 'cloudwatch',
    covers: () => true,
    query: (about, asking, signal) => {
      asked.push({ range: asking, signal });
      return answer(about, asking, signal);
    },
  };
  const session = new ChartSession(
    { subject, range },
    {
      clock,
      log: silentLogger,
      language: 'en',
      send: (type, body) => void sent.push({ type, body }),
      sources: () => Promise.resolve([source]),
      saveCsv: () => note('csv'),
      savePng: (_, png) => note(`png ${Buffer.from(png).toString()}`),
      openUrl: (url) => note(url),
      openAction: (planId) => note(planId),
      runRemedy: ({ kind }) => note(kind),
    },
  );
  return {
    clock,
    session,
    sent,
    left,
    asked,
    say: (type: string, body: object = {}) => session.receive({ type, body }),
    answers: (next: MetricSource['query']) => (answer = next),
    get last() {
      return sent.findLast(({ type }) => type === 'chart')?.body as ChartUpdate;
    },
  };
}

const signedOut = new JarvisError({
  code: 'github.unauthorized',
  message: 'signed out',
  remedies: [{ kind: 'signInGitHub' }],
});

describe('a chart session', () => {
  it('tells everything to a page that is ready, and asks once', async () => {
    const chart = openChart();
    await chart.say('ready');
    assert.deepEqual(
      chart.sent.map(({ type }) => type),
      ['init', 'chart', 'chart', 'chart'],
    );
    assert.equal(chart.last.loading, false);
    assert.ok(chart.last.data);
    assert.equal(chart.asked.length, 1);
  });

  it('asks again at the step while seen, and not at all while hidden', async () => {
    const chart = openChart();
    await chart.say('ready');
    await chart.clock.advance(60_000);
    assert.equal(chart.asked.length, 2);
    chart.session.setVisible(false);
    assert.equal(chart.clock.pending, 0);
    await chart.clock.advance(3_600_000);
    assert.equal(chart.asked.length, 2);
    chart.session.setVisible(true);
    await chart.clock.advance(0);
    assert.equal(chart.asked.length, 3);
  });

  it('gives a page that was made anew what it knows, without asking again', async () => {
    const chart = openChart();
    await chart.say('ready');
    chart.session.setVisible(false);
    chart.session.setVisible(true);
    await chart.say('ready');
    assert.ok(chart.last.data);
    assert.equal(chart.asked.length, 1);
  });

  it('does not poll what is over', async () => {
    const chart = openChart({ from: 1000, to: 5_000_000 });
    await chart.say('ready');
    assert.equal(chart.clock.pending, 0);
  });

  it('drops an answer that another range has overtaken', async () => {
    const chart = openChart();
    const slow = Promise.withResolvers<ReturnType<typeof cpuOf>>();
    chart.answers(() => slow.promise);
    const first = chart.say('ready');
    await chart.clock.advance(0);
    chart.answers((_, range) => Promise.resolve({ ...cpuOf(range, 60), title: 'new' }));
    await chart.say('setRange', { range: { last: 86_400 } });
    slow.resolve(cpuOf({ last: 3600 }, 60));
    await first;
    assert.equal(chart.asked[0]?.signal.aborted, true);
    assert.equal(chart.last.data?.title, 'new');
    assert.deepEqual(chart.last.persisted.range, { last: 86_400 });
  });

  it('keeps old data as stale, with the reason and the ways out, and recovers by itself', async () => {
    const chart = openChart();
    await chart.say('ready');
    chart.answers(() => Promise.reject(expired));
    await chart.clock.advance(60_000);
    assert.ok(chart.last.data);
    assert.equal(chart.last.staleSince, chart.clock.now());
    assert.deepEqual(chart.last.error?.remedies, ['Try Again', 'Sign in to AWS']);
    chart.answers((_, range) => Promise.resolve(cpuOf(range, 60)));
    await chart.clock.advance(60_000);
    assert.equal(chart.last.error, undefined);
    assert.equal(chart.last.staleSince, undefined);
  });

  it('says so when the first answer is an error; its remedies are carried out by the host', async () => {
    const chart = openChart();
    chart.answers(() => Promise.reject(expired));
    await chart.say('ready');
    assert.equal(chart.last.data, undefined);
    assert.equal(chart.last.error?.code, 'aws.credentialsExpired');
    await chart.say('remedy', { index: 1 });
    assert.deepEqual(chart.left, ['signInAws']);
    await chart.say('remedy', { index: 0 });
    assert.equal(chart.asked.length, 2);
    await chart.say('remedy', { index: 9 });
    assert.deepEqual(chart.left, ['signInAws']);
  });

  it('opens only what the data name, and saves what is shown', async () => {
    const chart = openChart();
    await chart.say('exportCsv');
    assert.deepEqual(chart.left, []);
    await chart.say('ready');
    await chart.say('openLink', { index: 1 });
    await chart.say('openLink', { index: 7 });
    await chart.say('openMarker', { index: 0 });
    await chart.say('exportCsv');
    await chart.say('exportPng', { png: `data:image/png;base64,${btoa('pixels')}` });
    assert.deepEqual(chart.left, ['https://grafana.example/d/pods', 'jv-abcdefghijkmnpqr', 'csv', 'png pixels']);
  });

  it('leaves nothing behind', async () => {
    const chart = openChart();
    await chart.say('ready');
    chart.session.dispose();
    assert.equal(chart.clock.pending, 0);
  });
});

function openAction(scene: keyof typeof actionScenes = 'planned') {
  const clock = new FakeClock();
  const sent: { type: string; body: unknown }[] = [];
  const left: string[] = [];
  const note = (what: string) => Promise.resolve(void left.push(what));
  const model = new ScriptedModel(actionScenes[scene](clock.now()));
  const session = new ActionSession('jv-abcdefghijkmnpqr', model, {
    clock,
    log: silentLogger,
    language: 'en',
    send: (type, body) => void sent.push({ type, body }),
    openUrl: note,
    openAction: note,
    openLog: () => void left.push('log'),
    runRemedy: async ({ kind }, retry) => {
      await note(kind);
      retry();
    },
  });
  return {
    clock,
    model,
    session,
    sent,
    left,
    say: (type: string, body: object = {}) => session.receive({ type, body }),
    get last() {
      return sent.findLast(({ type }) => type === 'action')?.body as ActionUpdate;
    },
  };
}

describe('an action session', () => {
  it('tells the page every change of the run', async () => {
    const page = openAction();
    await page.say('ready');
    assert.equal(page.last.state?.phase, 'planned');
    page.model.show(actionScenes.verified(page.clock.now()));
    assert.equal(page.last.state.phase, 'verified');
  });

  it('asks the model for what the buttons say, once while it is under way', async () => {
    const page = openAction();
    const twice = [page.say('confirm'), page.say('confirm')];
    assert.deepEqual(page.last.busy, ['confirm']);
    await Promise.all(twice);
    assert.deepEqual(page.last.busy, []);
    assert.deepEqual(page.model.asked, ['confirm']);
    await page.say('planAgain');
    await page.say('undo');
    await page.say('cancel');
    await page.say('discard');
    assert.deepEqual(page.model.asked, ['confirm', 'planAgain', 'undo', 'cancel', 'discard']);
  });

  it('shows what a command failed with, and tries again only that', async () => {
    const page = openAction('verified');
    page.model.failure = new JarvisError({
      code: 'remediation.changedSince',
      message: 'changed since',
      remedies: [{ kind: 'retry' }],
    });
    await page.say('undo');
    assert.equal(page.last.error?.message, 'changed since');
    await page.say('remedy', { index: 0 });
    assert.deepEqual(page.model.asked, ['undo', 'undo']);
    assert.equal(page.last.error, undefined);
  });

  it('says what is in the way of an open plan, and takes the way out', async () => {
    const page = openAction();
    page.model.obstacle = new JarvisError({
      code: 'remediation.readOnly',
      message: 'read-only',
      remedies: [{ kind: 'openSetting', setting: 'jarvis.readOnly' }],
    });
    await page.say('ready');
    assert.deepEqual(page.last.obstacle, {
      code: 'remediation.readOnly',
      message: 'read-only',
      remedies: ['Open Setting'],
    });
    await page.say('solve', { index: 0 });
    await page.say('solve', { index: 1 });
    assert.deepEqual(page.left, ['openSetting']);
  });

  it('goes on with what was asked after the sign-in that it failed for', async () => {
    const page = openAction('verified');
    page.model.failure = signedOut;
    await page.say('undo');
    await page.say('remedy', { index: 0 });
    await page.clock.advance(0);
    assert.deepEqual([page.left, page.model.asked], [['signInGitHub'], ['undo', 'undo']]);
    assert.equal(page.last.error, undefined);
  });

  it('signs in before it plans again what GitHub refused for want of a sign-in', async () => {
    const page = openAction('signedOut');
    await page.say('planAgain');
    await page.clock.advance(0);
    assert.deepEqual([page.left, page.model.asked], [['signInGitHub'], ['planAgain']]);
    page.model.failure = signedOut;
    await page.say('planAgain');
    await page.clock.advance(0);
    await page.say('planAgain');
    await page.clock.advance(0);
    assert.deepEqual(page.left, ['signInGitHub', 'signInGitHub', 'signInGitHub']);
  });

  it('signs in for a run that it can follow no more, and leaves the run alone', async () => {
    const page = openAction('unfollowed');
    await page.say('signIn');
    await page.clock.advance(0);
    assert.deepEqual([page.left, page.model.asked], [['signInGitHub'], []]);
  });

  it('opens the run, its jobs and the log through the host', async () => {
    const page = openAction('failed');
    await page.say('openRun');
    await page.say('openJob', { index: 0 });
    await page.say('openJob', { index: 5 });
    await page.say('openLog');
    assert.deepEqual(page.left, [
      'https://github.example/acme/ops/actions/runs/318',
      'https://github.example/acme/ops/actions/runs/318/job/1',
      'log',
    ]);
  });

  it('has the plan’s texts opened by the model', async () => {
    const page = openAction();
    await page.say('openDocument', { index: 1 });
    assert.deepEqual(page.model.asked, ['document 1']);
  });

  it('is silent while hidden, and says so to the model', () => {
    const page = openAction();
    page.session.setVisible(false);
    page.model.show(actionScenes.running(page.clock.now()));
    assert.deepEqual(page.sent, []);
    assert.equal(page.model.visible, false);
    page.session.dispose();
    assert.equal(page.model.disposed, true);
  });
});
