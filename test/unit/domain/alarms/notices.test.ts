import assert from 'node:assert/strict';
import type { Alarm } from '../../../../src/domain/alarms/model.ts';
import { NoticePolicy } from '../../../../src/domain/alarms/notices.ts';
import { anAlarm } from '../../../support/builders/alarms.ts';
import { FakeClock } from '../../../support/fake-clock.ts';

describe('alarm notices', () => {
  const minute = 60_000;
  function policy() {
    const clock = new FakeClock();
    const notices = new NoticePolicy(clock);
    const told: string[] = [];
    notices.onDidNotice(({ kind, alarms }) => told.push(`${kind}: ${alarms.map(({ name }) => name).join(' ')}`));
    const hear = (name: string, state: Alarm['state']) =>
      notices.hear([{ alarm: anAlarm({ name, state }), from: undefined }]);
    return { clock, notices, told, hear };
  }

  it('tell a change to ALARM and its recovery once', async () => {
    const { clock, told, hear } = policy();
    hear('cpu', 'ALARM');
    hear('cpu', 'ALARM');
    await clock.advance(minute);
    hear('cpu', 'OK');
    hear('cpu', 'OK');
    await clock.advance(minute);
    assert.deepEqual(told, ['alarm: cpu', 'recovered: cpu']);
  });

  it('combine what changes within a moment', async () => {
    const { clock, told, hear } = policy();
    for (const name of ['a', 'b', 'c']) hear(name, 'ALARM');
    await clock.advance(minute);
    assert.deepEqual(told, ['alarm: a b c']);
  });

  it('keep quiet about what is over before it was told', async () => {
    const { clock, told, hear } = policy();
    hear('cpu', 'ALARM');
    hear('cpu', 'OK');
    await clock.advance(minute);
    assert.deepEqual(told, []);
  });

  it('do not follow a flapping alarm', async () => {
    const { clock, told, hear } = policy();
    for (let turn = 0; turn < 9; turn++) {
      hear('cpu', 'ALARM');
      await clock.advance(minute / 2);
      hear('cpu', 'OK');
      await clock.advance(minute / 2);
    }
    assert.deepEqual(told, ['alarm: cpu', 'recovered: cpu']);
  });

  it('tell an alarm that still rings when its cool-down ends', async () => {
    const { clock, told, hear } = policy();
    hear('cpu', 'ALARM');
    await clock.advance(minute);
    hear('cpu', 'OK');
    await clock.advance(minute);
    hear('cpu', 'ALARM');
    await clock.advance(2 * minute);
    assert.equal(told.length, 2);
    await clock.advance(10 * minute);
    assert.deepEqual(told.slice(2), ['alarm: cpu']);
  });

  it('keep one alarm from silencing another', async () => {
    const { clock, told, hear } = policy();
    hear('cpu', 'ALARM');
    await clock.advance(minute);
    hear('memory', 'ALARM');
    await clock.advance(minute);
    assert.deepEqual(told, ['alarm: cpu', 'alarm: memory']);
  });

  it('say nothing of missing data, and of the recovery after it once', async () => {
    const { clock, told, hear } = policy();
    hear('cpu', 'ALARM');
    await clock.advance(minute);
    hear('cpu', 'INSUFFICIENT_DATA');
    hear('cpu', 'ALARM');
    await clock.advance(minute);
    hear('cpu', 'OK');
    await clock.advance(minute);
    assert.deepEqual(told, ['alarm: cpu', 'recovered: cpu']);
  });

  it('leave no timer behind', () => {
    const { clock, notices, hear } = policy();
    hear('cpu', 'ALARM');
    notices.dispose();
    assert.equal(clock.pending, 0);
  });
});
