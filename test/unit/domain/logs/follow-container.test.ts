import assert from 'node:assert/strict';
import { CancelledError, type ErrorCode, JarvisError } from '../../../../src/core/errors.ts';
import { Emitter } from '../../../../src/core/event.ts';
import { keptLines } from '../../../../src/domain/logs/buffer.ts';
import { ContainerFollower } from '../../../../src/domain/logs/follow-container.ts';
import type { LogQuery } from '../../../../src/domain/logs/reader.ts';
import type { Activity, SourceState } from '../../../../src/domain/logs/source.ts';
import { FakeClock } from '../../../support/fake-clock.ts';
import { answerFrom, said, ScriptedReader } from '../../../support/logs/scripted-reader.ts';

const asked: LogQuery = {
  namespace: 'sock-shop',
  pod: 'front-end-0',
  container: 'front-end',
  previous: false,
  follow: true,
  tailLines: 100,
};

function follow(query: Partial<LogQuery> = {}) {
  const clock = new FakeClock();
  const reader = new ScriptedReader();
  const changes = new Emitter<undefined>();
  const texts: string[] = [];
  const states: SourceState[] = [];
  const stop = new AbortController();
  const container = { activity: 'running' as Activity };
  const follower = new ContainerFollower(
    { ...asked, ...query },
    {
      reader,
      clock,
      activity: () => container.activity,
      onDidChange: changes.event,
      take: (lines) => texts.push(...lines.map(({ text }) => text)),
      tell: (state) => states.push(state),
    },
  );
  const run = () => {
    const running = follower.run(stop.signal);
    running.catch(() => undefined);
    return running;
  };
  return {
    clock,
    reader,
    texts,
    follower,
    run,
    stop,
    listeners: () => changes.size,
    get state() {
      return states.at(-1)?.kind;
    },
    get message() {
      return states.at(-1)?.message;
    },
    /** What the pod's watch tells. */
    becomes: async (activity: Activity) => {
      container.activity = activity;
      changes.fire(undefined);
      await clock.advance(0);
    },
    answer: () => reader.of(asked.pod),
  };
}

const failure = (code: ErrorCode, message: string = code) => new JarvisError({ code, message });

describe('following a container', () => {
  it('connects, then lives', () => {
    const it = follow();
    void it.run();
    assert.equal(it.state, 'connecting');
    it.answer().say(said(0, 'a'));
    assert.equal(it.state, 'live');
    assert.deepEqual(it.texts, ['a']);
    assert.deepEqual(it.answer().query, asked);
  });

  it('takes every line once, wherever it is cut', async () => {
    const log = Array.from({ length: 12 }, (_, n) => said(n * 400, `line ${n % 5}`));
    for (let cut = 0; cut <= log.length; cut++) {
      const it = follow();
      void it.run();
      it.answer().say(...answerFrom(log.slice(0, cut), it.answer().query));
      it.answer().cut();
      await it.clock.advance(0);
      assert.equal(it.state, 'cut');
      await it.clock.advance(500);
      it.answer().say(...answerFrom(log, it.answer().query));
      assert.equal(it.state, 'live');
      assert.deepEqual(
        it.texts,
        log.map((line) => line.slice(31)),
        `cut after ${cut}`,
      );
    }
  });

  it('takes no half of a line', async () => {
    const it = follow();
    void it.run();
    it.answer().say(said(0, 'a')).end('2026-11-21T09:00:01.0');
    await it.clock.advance(500);
    it.answer().say(said(0, 'a'), said(1000, 'b'));
    assert.deepEqual(it.texts, ['a', 'b']);
  });

  it('leaves nothing out after the first answer, also where that was empty', async () => {
    for (const [query, next] of [
      [{}, { tailLines: keptLines }],
      [{ sinceSeconds: 60 }, { sinceSeconds: 61, tailLines: keptLines }],
    ] as const) {
      const it = follow(query);
      void it.run();
      it.answer().say();
      it.answer().cut();
      await it.clock.advance(1000);
      assert.deepEqual({ ...asked, ...next }, it.answer().query);
    }
  });

  it('asks a server that only repeats itself less and less often', async () => {
    const it = follow();
    void it.run();
    for (let minute = 0; minute < 60_000; minute += 100) {
      const answer = it.answer();
      if (!answer.isOver) answer.say(said(0, 'a')).end();
      await it.clock.advance(100);
    }
    assert.deepEqual(it.texts, ['a']);
    // waits of 0.5, 1, 2, 4, 8, 10, 10 … s at the most, a tenth at the least
    assert.ok(it.reader.answers.length < 70, `${it.reader.answers.length} requests in a minute`);
  });

  it('goes on when a container that has ended starts again', async () => {
    const it = follow();
    void it.run();
    await it.becomes('ended');
    it.answer().say(said(0, 'a')).end(said(100, 'last words'));
    await it.clock.advance(0);
    assert.equal(it.state, 'ended');
    assert.deepEqual(it.texts, ['a', 'last words']);
    assert.equal(it.clock.pending, 1);
    await it.becomes('running');
    it.answer().say(said(2000, 'born again'));
    assert.deepEqual(it.texts, ['a', 'last words', 'born again']);
    assert.equal(it.listeners(), 1, 'that of the stream');
  });

  it('is over when the pod is gone, whoever says so first', async () => {
    const told = follow();
    const over = told.run();
    await told.becomes('gone');
    told.answer().say(said(0, 'a')).end(said(1, 'half'));
    await over;
    assert.deepEqual([told.state, told.texts.length], ['gone', 2]);

    const refused = follow();
    const end = refused.run();
    refused.answer().fail(failure('kube.notFound', 'pods "front-end-0" not found'));
    await end;
    assert.deepEqual([refused.state, refused.message], ['gone', 'pods "front-end-0" not found']);
  });

  it('does not wait for a stream that outlives its pod', async () => {
    const it = follow();
    const over = it.run();
    it.answer().say(said(0, 'a'));
    await it.becomes('gone');
    it.answer().say(said(1, 'b'));
    await it.clock.advance(4_000);
    assert.equal(it.state, 'live');
    await it.clock.advance(1_000);
    await over;
    assert.deepEqual([it.state, it.texts, it.reader.open.length], ['gone', ['a', 'b'], 0]);
    assert.deepEqual([it.clock.pending, it.listeners()], [0, 0]);
  });

  it('asks for everything after a stop while the server had nothing to answer with', async () => {
    const it = follow();
    const stopped = it.run();
    await it.clock.advance(60_000);
    it.stop.abort();
    await assert.rejects(stopped);
    void it.follower.run(new AbortController().signal);
    assert.deepEqual(it.answer().query, { ...asked, tailLines: keptLines });
  });

  it('waits for a container that has not started, and asks at once when its pod changes', async () => {
    const it = follow();
    void it.run();
    it.answer().fail(failure('logs.waiting', 'ContainerCreating'));
    await it.clock.advance(0);
    assert.deepEqual([it.state, it.message], ['waiting', 'ContainerCreating']);
    await it.becomes('running');
    assert.equal(it.reader.answers.length, 2);
    assert.deepEqual(it.answer().query, asked, 'as at first: nothing was answered yet');
  });

  it('does not ask again for what is forbidden or wrong', async () => {
    for (const code of ['kube.forbidden', 'kube.invalid'] as const) {
      const it = follow();
      const end = it.run();
      it.answer().fail(failure(code));
      await end;
      assert.deepEqual([it.state, it.clock.pending], ['failed', 0]);
    }
  });

  it('reads a previous run once, and says when there was none', async () => {
    const it = follow({ previous: true, follow: false });
    const end = it.run();
    it.answer().say(said(0, 'a')).end(said(1, 'FATAL'));
    await end;
    assert.deepEqual([it.state, it.texts], ['ended', ['a', 'FATAL']]);

    const none = follow({ previous: true, follow: false });
    const over = none.run();
    none.answer().fail(failure('logs.noPrevious'));
    await over;
    assert.equal(none.state, 'none');
  });

  it('stops at once, and leaves nothing behind', async () => {
    const reading = follow();
    const first = reading.run();
    reading.stop.abort();
    await assert.rejects(first, CancelledError);
    assert.equal(reading.reader.open.length, 0);

    const waiting = follow();
    const second = waiting.run();
    waiting.answer().cut();
    await waiting.clock.advance(0);
    waiting.stop.abort();
    await assert.rejects(second, CancelledError);
    assert.deepEqual([waiting.clock.pending, waiting.listeners()], [0, 0]);
  });
});
