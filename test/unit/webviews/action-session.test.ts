import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { ActionUpdate } from '../../../src/webviews/contract/action.ts';
import { ActionSession } from '../../../src/webviews/panels/action-session.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { actionScenes } from '../../support/webview-demo/action-scenes.ts';
import { ScriptedModel } from '../../support/webview-demo/scripted-model.ts';

const signedOut = new JarvisError({
  code: 'github.unauthorized',
  message: 'signed out',
  remedies: [{ kind: 'signInGitHub' }],
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
