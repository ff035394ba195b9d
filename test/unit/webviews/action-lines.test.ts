import assert from 'node:assert/strict';
import { changeSeen, type RunState } from '../../../src/domain/remediation/run-state.ts';
import { isUndoable } from '../../../src/domain/remediation/undo.ts';
import { isTicking, linesOf, outcomeText, stopwatch } from '../../../src/webviews/app/action/lines.ts';
import { offersOf } from '../../../src/webviews/app/action/offers.ts';
import { timeOfDay } from '../../../src/webviews/app/shared/format.ts';
import { type ActionScene, actionScenes } from '../../support/webview-demo/action-scenes.ts';

const now = Date.parse('2026-11-21T10:42:07Z');
const scene = (name: ActionScene): RunState => actionScenes[name](now);
const states = (name: ActionScene) =>
  linesOf(scene(name))
    .map(({ state }) => state)
    .join(' ');
const offers = (name: ActionScene) => {
  const { primary = '-', others } = offersOf(scene(name), now);
  return `${primary} | ${others.join(' ')}`;
};

describe('the lines of the action page', () => {
  it('are always the same five', () => {
    for (const name of Object.keys(actionScenes) as ActionScene[]) {
      assert.deepEqual(
        linesOf(scene(name)).map(({ id }) => id),
        ['plan', 'confirm', 'run', 'verify', 'record'],
        name,
      );
    }
  });

  it('move on with the run', () => {
    assert.equal(states('planned'), 'active todo todo todo todo');
    assert.equal(states('running'), 'done done active todo todo');
    assert.equal(states('verifying'), 'done done done active todo');
    assert.equal(states('notRecovered'), 'done done done warning done');
    assert.equal(states('notChanged'), 'done done done failed done');
    assert.equal(states('failed'), 'done done failed skipped done');
    assert.equal(states('cancelled'), 'done done cancelled skipped done');
    assert.equal(states('expired'), 'skipped skipped skipped skipped done');
  });

  it('warn at the record when it could not be written', () => {
    assert.equal(states('verified'), 'done done done done warning');
  });

  it('each have their time once reached', () => {
    assert.deepEqual(
      linesOf(scene('verified')).map(({ at }) => at !== undefined),
      [true, true, true, true, true],
    );
    assert.deepEqual(
      linesOf(scene('running')).map(({ at }) => at !== undefined),
      [true, true, true, false, false],
    );
  });

  it('name a Web ACL, and leave out the mark that every plan leaves', () => {
    const arn = (acl: string) => `arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/${acl}/0a1b-2c`;
    const planned = scene('planned');
    const changes = [
      {
        path: 'metadata.annotations["alb.ingress.kubernetes.io/wafv2-acl-arn"]',
        before: arn('open'),
        after: arn('shut'),
      },
      { path: 'metadata.annotations["jarvis.dev/plan"]', after: planned.plan.id },
    ];
    const [plan] = linesOf({ ...planned, plan: { ...planned.plan, changes } });
    assert.equal(plan?.summary, 'alb.ingress.kubernetes.io/wafv2-acl-arn open → shut');
  });

  it('say what changes, to whom it is sent, what is seen', () => {
    const [plan, confirm, run, verify] = linesOf(scene('verifying')).map(({ summary }) => summary);
    assert.equal(plan, 'maxReplicas 4 → 10 · 16 pods wanted, nodes have room for 31');
    assert.equal(confirm, 'by mina');
    assert.equal(run, 'GitHub Actions · scale.yml #318 succeeded in 9 s');
    assert.equal(verify, '1 of 4 seen');
  });

  it('name a field by the last step of its path, dots and all', () => {
    const { plan, ...state } = scene('planned');
    const path = 'spec.template.metadata.annotations["kubectl.kubernetes.io/restartedAt"]';
    const [line] = linesOf({ ...state, plan: { ...plan, changes: [{ path, after: 'now' }] } });
    assert.equal(line?.summary, 'kubectl.kubernetes.io/restartedAt (not set) → now');
  });

  it('say of a run that ended early that nothing was looked for, and promise nothing any more', () => {
    const { ticks } = scene('verifying');
    const refused: RunState = { ...scene('failed'), ticks: ticks.map((tick) => ({ ...tick, state: 'waiting' })) };
    assert.equal(linesOf(refused)[3]?.summary, 'not begun');
  });
});

describe('the buttons of the action page', () => {
  it('make the next thing to do the only prominent one', () => {
    assert.equal(offers('planned'), 'confirm | discard');
    assert.equal(offers('running'), '- | openRun cancel');
    assert.equal(offers('verifying'), '- | openRun');
    assert.equal(offers('verified'), '- | undo openRun');
    assert.equal(offers('notRecovered'), 'openChart | undo openRun');
    assert.equal(offers('notChanged'), 'planAgain | openRun openLog');
    assert.equal(offers('failed'), 'planAgain | openRun openLog');
    assert.equal(offers('expired'), 'planAgain | ');
  });

  it('never offer to confirm what is blocked or out of date', () => {
    assert.equal(offers('blocked'), 'planAgain | discard');
    assert.equal(offers('stalePlan'), 'planAgain | discard');
  });

  it('offer an undo by the one rule of what can be undone', () => {
    const [change, ...others] = scene('verified').ticks;
    assert.ok(change);
    const half = {
      ...scene('failed'),
      ticks: [change, { ...change, id: 'second', state: 'missed' }, ...others],
    } as const;
    for (const state of [...Object.keys(actionScenes).map((name) => scene(name as ActionScene)), half]) {
      const { primary, others: more } = offersOf(state, now);
      assert.equal([primary, ...more].includes('undo'), isUndoable(state), state.phase);
    }
    assert.equal(isUndoable(half), false, 'its inverse would find the object in another state');
  });

  it('leave the confirmation to the way out of what is in its way', () => {
    assert.deepEqual(offersOf(scene('planned'), now, true), { others: ['discard'] });
    assert.equal(offersOf(scene('stalePlan'), now, true).primary, 'planAgain');
  });

  it('do not offer to cancel or undo twice', () => {
    assert.deepEqual(offersOf({ ...scene('running'), cancelling: true }, now).others, ['openRun']);
    assert.deepEqual(offersOf({ ...scene('verified'), undoneBy: 'jv-other' }, now).others, ['openRun']);
  });
});

describe('a time on the action page', () => {
  it('bears its date where it is of another day', () => {
    const at = new Date(2026, 10, 21, 10, 42, 7).getTime();
    assert.match(timeOfDay(at, at + 60_000), /^10:42:07$/);
    assert.match(timeOfDay(at, at + 24 * 3_600_000), /21.*2026.*10:42:07/);
  });
});

describe('how it ended', () => {
  it('claims nothing about the cluster that was not seen', () => {
    assert.equal(changeSeen(scene('verified')), 'yes');
    assert.equal(changeSeen(scene('notChanged')), 'no');
    assert.equal(changeSeen(scene('failed')), 'unknown');
    assert.equal(outcomeText(scene('cancelled')), 'Cancelled.');
    assert.match(outcomeText(scene('notChanged')), /^Not changed: GitHub Actions said success/);
  });

  it('counts on while it is to be taken back by itself, and else no more', () => {
    const ended = scene('verified');
    assert.equal(isTicking(ended), false);
    assert.equal(isTicking({ ...ended, plan: { ...ended.plan, backAfterMs: 60_000 } }), true);
  });

  it('is timed from the confirmation to the end', () => {
    assert.equal(stopwatch(scene('planned'), now), 'expires in 4:40');
    assert.equal(stopwatch(scene('stalePlan'), now), 'expired');
    assert.equal(stopwatch(scene('running'), now), '0:42');
    assert.equal(stopwatch(scene('verified'), now), '7:00');
    assert.equal(stopwatch(scene('expired'), now), '');
  });
});
