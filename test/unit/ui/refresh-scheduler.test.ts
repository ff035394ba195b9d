import assert from 'node:assert/strict';
import { RefreshScheduler } from '../../../src/ui/refresh-scheduler.ts';
import { FakeClock } from '../../support/fake-clock.ts';

class FakeView {
  visible = true;
  readonly flushes: boolean[] = [];
  changes = true;
  flush(all: boolean): boolean {
    this.flushes.push(all);
    return this.changes;
  }
}

describe('the refresh scheduler', () => {
  let clock: FakeClock;
  let scheduler: RefreshScheduler;
  let view: FakeView;

  beforeEach(() => {
    clock = new FakeClock();
    scheduler = new RefreshScheduler(clock);
    view = new FakeView();
    scheduler.add(view);
  });

  it('gathers requests: the first soon, the others five times a second at most', async () => {
    for (let at = 0; at < 980; at += 20) {
      scheduler.request(view);
      await clock.advance(20);
    }
    assert.equal(view.flushes.length, 5);
  });

  it('draws the end of what has just begun without a long wait', async () => {
    scheduler.request(view);
    await clock.advance(1);
    scheduler.request(view);
    await clock.advance(50);
    assert.equal(view.flushes.length, 2);
  });

  it('counts only what was drawn', async () => {
    view.changes = false;
    for (let time = 0; time < 20; time++) {
      scheduler.request(view);
      await clock.advance(1);
    }
    assert.equal(view.flushes.length, 20);
  });

  it('does at once what a person asks for', () => {
    scheduler.refreshNow();
    assert.deepEqual(view.flushes, [true]);
  });

  it('leaves hidden views alone', async () => {
    view.visible = false;
    scheduler.request(view);
    scheduler.refreshNow();
    await clock.advance(60_000);
    assert.deepEqual(view.flushes, []);
  });

  it('keeps no timer running while nobody looks', async () => {
    view.visible = false;
    await clock.advance(60_000);
    assert.equal(clock.pending, 0);
    view.visible = true;
    scheduler.watchAges();
    await clock.advance(16_000);
    assert.deepEqual(view.flushes, [true]);
  });

  it('ends its timers with itself', () => {
    scheduler.request(view);
    scheduler.dispose();
    assert.equal(clock.pending, 0);
  });
});
