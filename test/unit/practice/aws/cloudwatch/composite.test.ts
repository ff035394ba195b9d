import assert from 'node:assert/strict';
import { arn, describeOverHttp, topic } from './harness.ts';

describeOverHttp('composite alarms', (harness) => {
  it('follows the states of other alarms by a rule', async () => {
    await harness().putAlarm({ AlarmName: 'a', MetricName: 'silent', TreatMissingData: 'ignore' });
    await harness().putAlarm({ AlarmName: 'b', MetricName: 'silent', TreatMissingData: 'ignore' });
    await harness().putComposite('both', `ALARM("a") AND ALARM("${arn('b')}")`, [topic]);
    await harness().putComposite('above', 'ALARM(both) AND NOT OK(a)');
    assert.equal((await harness().composite('both'))?.StateValue, 'OK');
    await harness().setState('a', 'ALARM');
    assert.equal((await harness().composite('both'))?.StateValue, 'OK');
    await harness().setState('b', 'ALARM');
    await harness().clock.advance(0);
    const { StateValue, StateReason = '' } = (await harness().composite('both')) ?? {};
    assert.equal(StateValue, 'ALARM');
    assert.match(StateReason, /alarm:b transitioned to ALARM at Saturday 21 November, 2026 09:\d\d:\d\d UTC$/);
    assert.equal((await harness().composite('above'))?.StateValue, 'ALARM');
    const notice = JSON.parse(harness().notices.at(-1)?.message ?? '') as { TriggeringChildren?: { Arn: string }[] };
    assert.deepEqual(
      notice.TriggeringChildren?.map((child) => child.Arn),
      [arn('a'), arn('b')],
    );
    await harness().setState('a', 'OK');
    assert.deepEqual(
      [(await harness().composite('both'))?.StateValue, (await harness().composite('above'))?.StateValue],
      ['OK', 'OK'],
    );
    await assert.rejects(harness().remove('a'), { name: 'ValidationException' });
    await harness().remove('above');
    await harness().remove('both', 'a', 'b');
  });

  it('ends a loop of rules', async () => {
    await harness().putComposite('ring', 'FALSE');
    await harness().putComposite('chain', 'ALARM(ring)');
    await harness().putComposite('ring', 'NOT ALARM(chain)');
    assert.equal((await harness().composite('ring'))?.StateValue, 'ALARM');
    await harness().putComposite('ring', 'FALSE');
    await harness().remove('chain');
    await harness().remove('ring');
  });
});

describeOverHttp(
  'an alarm whose topic is gone',
  (harness) => {
    it('records the action as failed', async () => {
      await harness().putAlarm({ AlarmActions: [topic] });
      await harness().setState('cpu-high', 'ALARM');
      await harness().clock.advance(0);
      const [failed] = await harness().history('cpu-high', 'Action');
      assert.equal(failed?.HistorySummary, `Failed to execute action ${topic}. Received error: "Topic does not exist"`);
    });
  },
  [topic],
);
