import assert from 'node:assert/strict';
import { mayBeRunning, rescueInWords, rescueOf } from '../../../../src/domain/helm/rescue.ts';
import { aRelease } from '../../../support/builders/kubernetes.ts';
import { minute, noon } from '../../../support/attention.ts';

const revision = (number: number, status: string) =>
  aRelease({ uid: `r${number}`, revision: number, status, createdAt: noon - 20 * minute, writtenBy: 'Helm' });

describe('a release whose operation has not ended well', () => {
  it('is none where the newest revision is in order, whatever was before', () => {
    assert.equal(rescueOf([]), undefined);
    assert.equal(rescueOf([revision(1, 'failed'), revision(2, 'deployed')]), undefined);
    assert.equal(rescueOf([revision(2, 'uninstalled'), revision(1, 'superseded')]), undefined);
  });

  it('goes back to the newest revision that was ever deployed', () => {
    const history = [
      revision(5, 'pending-upgrade'),
      revision(4, 'failed'),
      revision(3, 'superseded'),
      revision(2, 'deployed'),
    ];
    assert.equal(rescueOf(history.reverse())?.lastGood, 3);
    assert.equal(rescueOf([revision(2, 'failed'), revision(1, 'failed')])?.lastGood, undefined);
  });

  it('may still be under way until five minutes after anybody has said anything', () => {
    const hung = rescueOf([{ ...revision(2, 'pending-upgrade'), writtenAt: noon - 4 * minute }]);
    assert.ok(hung);
    assert.equal(hung.since, noon - 4 * minute);
    assert.equal(mayBeRunning(hung, noon), true);
    assert.equal(mayBeRunning(hung, noon + minute), false);
    const failed = rescueOf([{ ...revision(2, 'failed'), writtenAt: noon }]);
    assert.ok(failed && !mayBeRunning(failed, noon));
  });

  for (const [status, happened, out, withoutGood] of [
    ['pending-install', /began to install it/, /roll back to revision 1/, /uninstall it and install it anew/],
    ['pending-upgrade', /began an upgrade to revision 2/, /roll back to revision 1/, /uninstall it and install/],
    ['pending-rollback', /began a rollback as revision 2/, /roll back to revision 1/, /uninstall it and install/],
    ['uninstalling', /began to remove it/, /uninstall it once more/, /uninstall it once more/],
    ['failed', /Revision 2 failed/, /upgrade again, or roll back to revision 1/, /no good revision/],
  ] as const)
    it(`is explained with its way out: ${status}`, () => {
      const words = (...before: readonly ReturnType<typeof revision>[]) => {
        const rescue = rescueOf([revision(2, status), ...before]);
        assert.ok(rescue);
        return rescueInWords(rescue, noon);
      };
      const [what, who, ...more] = words(revision(1, 'superseded'));
      assert.match(what ?? '', happened);
      assert.equal(who, 'Last written by Helm.');
      assert.match(more.at(-1) ?? '', out);
      assert.equal(more.length, status === 'failed' ? 1 : 2); // whether it may still be alive
      assert.match(words().at(-1) ?? '', withoutGood);
    });
});
