import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { MetricSource, TimeRange } from '../../../src/domain/metrics/model.ts';
import type { ChartUpdate } from '../../../src/webviews/contract/chart.ts';
import { ChartSession } from '../../../src/webviews/panels/chart-session.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { cpuOf } from '../../support/webview-demo/chart-scenes.ts';

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
