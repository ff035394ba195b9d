import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import { LogFollow } from '../../../src/domain/logs/follow.ts';
import type { LogLines, LogsPersisted, LogsStatus } from '../../../src/webviews/contract/logs.ts';
import { LogsSession } from '../../../src/webviews/panels/logs-session.ts';
import { aContainer, aPod, FakeCluster } from '../../support/builders/kubernetes.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { answerFrom, said, ScriptedReader } from '../../support/logs/scripted-reader.ts';

const ref = { context: 'prod', server: 'https://prod.example', cluster: 'prod' };
const object: ObjectRef = {
  cluster: ref,
  group: '',
  version: 'v1',
  resource: 'pods',
  kind: 'Pod',
  namespace: 'sock-shop',
  name: 'front-end-0',
  uid: 'uid-pod',
};
const shown = {
  filter: { text: '', regex: false, matchCase: false, invert: false },
  timestamps: false,
};

function openLogs() {
  const clock = new FakeClock('2026-11-21T09:00:00Z');
  const cluster = new FakeCluster(ref);
  const reader = new ScriptedReader();
  cluster.logReader = reader;
  cluster.stores.pods.has(aPod({ containers: [aContainer()] }));
  const sent: { type: string; body: unknown }[] = [];
  const left: string[] = [];
  let missing: JarvisError | undefined;
  const note = (...what: readonly string[]) => Promise.resolve(void left.push(what.join(' ')));
  const session = new LogsSession(
    { object, previous: false },
    {
      clock,
      log: silentLogger,
      language: 'en',
      send: (type, body) => void sent.push({ type, body }),
      follow: ({ object: of, ...options }: LogsPersisted) => {
        if (missing) throw missing;
        return new LogFollow(cluster, of, options, clock);
      },
      copy: note,
      save: note,
      runRemedy: ({ kind }) => note(kind),
    },
  );
  return {
    clock,
    cluster,
    reader,
    session,
    sent,
    left,
    say: (type: string, body: object = {}) => session.receive({ type, body }),
    fails: (error: JarvisError | undefined) => (missing = error),
    answer: () => reader.of('front-end-0'),
    get status() {
      return sent.findLast(({ type }) => type === 'status')?.body as LogsStatus;
    },
    /** The lines that the page has, as it puts them together. */
    get page() {
      let lines: string[] = [];
      let end = 0;
      for (const { type, body } of sent) {
        if (type === 'init') lines = [];
        if (type === 'init') end = 0;
        if (type !== 'lines') continue;
        const { from, lines: fresh } = body as LogLines;
        if (from !== end) lines = [];
        lines.push(...fresh.map(([, , text]) => text));
        end = from + fresh.length;
      }
      return lines;
    },
    told: () => clock.advance(1000),
  };
}

const log = Array.from({ length: 30 }, (_, n) => said(n * 100, `line ${n}`));
const texts = log.map((line) => line.slice(31));

describe('a session of logs', () => {
  it('begins to read when the page is there, and tells at most ten times a second', async () => {
    const it = openLogs();
    assert.equal(it.reader.answers.length, 0);
    await it.say('ready');
    it.sent.length = 0;
    for (const line of log) {
      it.answer().say(line);
      await it.clock.advance(33);
    }
    await it.told();
    assert.deepEqual(it.page, texts);
    assert.ok(it.sent.filter(({ type }) => type === 'lines').length <= 13);
  });

  it('reads nothing while the page is hidden, and gives the page that is made anew all of it, once', async () => {
    const it = openLogs();
    await it.say('ready');
    it.answer().say(...log.slice(0, 10));
    await it.told();
    it.session.setVisible(false);
    const before = it.sent.length;
    await it.clock.advance(600_000);
    assert.deepEqual([it.reader.open.length, it.cluster.leases, it.clock.pending], [0, 0, 0]);
    assert.equal(it.sent.length, before);
    it.session.setVisible(true);
    await it.say('ready');
    it.answer().say(...answerFrom(log, it.answer().query));
    await it.told();
    assert.deepEqual(it.page, texts);
    assert.equal(it.status.paused, false);
  });

  it('stays hidden when it begins anew meanwhile', async () => {
    const it = openLogs();
    await it.say('ready');
    it.session.setVisible(false);
    await it.say('setOptions', { previous: false, sinceSeconds: 60 });
    assert.equal(it.reader.open.length, 0);
  });

  it('reads anew under other options, and remembers them', async () => {
    const it = openLogs();
    await it.say('ready');
    it.answer().say(...log);
    await it.told();
    await it.say('setOptions', { previous: true, container: 'front-end' });
    assert.deepEqual([it.reader.open.length, it.answer().query.previous], [1, true]);
    it.answer().say(said(0, 'before')).end();
    await it.told();
    assert.deepEqual(it.page, ['before']);
    assert.deepEqual(it.status.persisted, { object, previous: true, container: 'front-end' });
  });

  it('pauses, goes on and clears', async () => {
    const it = openLogs();
    await it.say('ready');
    it.answer().say(...log.slice(0, 5));
    await it.told();
    await it.say('pause');
    await it.told();
    assert.deepEqual([it.status.paused, it.reader.open.length], [true, 0]);
    await it.say('clear');
    await it.say('resume');
    it.answer().say(...answerFrom(log, it.answer().query));
    await it.say('copy', shown);
    await it.told();
    await it.say('copy', shown);
    assert.equal(
      it.left.at(-1),
      texts
        .slice(5)
        .map((text) => `${text}\n`)
        .join(''),
    );
  });

  it('copies and saves what the filter lets through', async () => {
    const it = openLogs();
    await it.say('ready');
    it.answer().say(...log);
    await it.told();
    await it.say('copy', { ...shown, filter: { ...shown.filter, text: '2[0-2]$', regex: true } });
    await it.say('save', { ...shown, filter: { ...shown.filter, text: 'line 1', invert: true } });
    assert.equal(it.left[0], 'line 20\nline 21\nline 22\n');
    assert.match(it.left[1] ?? '', /^front-end-0 line 0\nline 2\n/);
  });

  it('says what failed, with the ways out, and tries again', async () => {
    const it = openLogs();
    it.fails(
      new JarvisError({
        code: 'kube.contextMissing',
        message: 'no prod',
        remedies: [{ kind: 'openLog' }, { kind: 'retry' }],
      }),
    );
    await it.say('ready');
    assert.equal(it.status.error?.message, 'no prod');
    await it.say('remedy', { index: 0 });
    assert.deepEqual(it.left, ['openLog']);
    it.fails(undefined);
    await it.say('remedy', { index: 1 });
    it.answer().fail(new JarvisError({ code: 'kube.forbidden', message: 'may not' }));
    await it.told();
    assert.deepEqual([it.status.error.message, it.status.error.remedies], ['may not', ['Try Again']]);
    await it.say('remedy', { index: 0 });
    it.answer().say(said(0, 'now'));
    await it.told();
    assert.deepEqual([it.page, it.status.error], [['now'], undefined]);
  });

  it('gives a page that falls behind its lines in pieces', async () => {
    const it = openLogs();
    await it.say('ready');
    it.answer().say(...Array.from({ length: 12_000 }, (_, n) => said(n, `line ${n}`)));
    await it.told();
    assert.equal(it.page.length, 12_000);
    assert.ok(it.sent.every(({ type, body }) => type !== 'lines' || (body as LogLines).lines.length <= 5000));
  });

  it('leaves nothing behind', async () => {
    const it = openLogs();
    await it.say('ready');
    it.answer().say(...log);
    it.session.dispose();
    await it.clock.advance(0);
    assert.deepEqual([it.reader.open.length, it.cluster.leases, it.clock.pending], [0, 0, 0]);
  });
});
