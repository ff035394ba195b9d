import assert from 'node:assert/strict';
import { findingsOn, minute, noon, sentencesOn } from '../../../support/attention.ts';
import { aRelease } from '../../../support/builders/kubernetes.ts';

describe('a release that needs attention', () => {
  const release = (revision: number, status: string) =>
    aRelease({ uid: `r${revision}`, revision, status, createdAt: noon - 10 * minute });

  /** As the two kinds that read releases see these revisions. */
  const told = (now: number, ...revisions: readonly ReturnType<typeof release>[]) =>
    sentencesOn(
      revisions.flatMap((one) => [
        ['releaserecords', one] as const,
        ...(one.status === 'deployed' || one.status === 'superseded' ? [] : [['troubledreleases', one] as const]),
      ]),
      now,
    );

  it('failed, with what Helm said', () => {
    const failed = { ...release(2, 'failed'), description: 'Upgrade "sock-shop" failed: timed out' };
    assert.deepEqual(told(noon, failed, release(1, 'superseded')), [
      'Helm release sock-shop failed (revision 2): Upgrade "sock-shop" failed: timed out',
    ]);
  });

  it('is what its newest revision says, whichever came first, and is not judged before that is known', () => {
    const [failed, well] = [release(1, 'failed'), release(2, 'deployed')];
    assert.deepEqual(told(noon, failed, well), []);
    assert.deepEqual(told(noon, well, failed), []);
    assert.deepEqual(sentencesOn([['troubledreleases', failed]]), []);
    const late = sentencesOn([
      ['troubledreleases', failed],
      ['releaserecords', failed],
    ]);
    assert.deepEqual(late, ['Helm release sock-shop failed (revision 1)']);
  });

  for (const [status, said] of [
    ['pending-install', 'is stuck in its installation'],
    ['pending-upgrade', 'is stuck in its upgrade to revision 3'],
    ['pending-rollback', 'is stuck in its rollback (revision 3)'],
    ['uninstalling', 'is stuck in its removal'],
  ] as const)
    it(`${said}, told when it has taken five minutes`, () => {
      assert.deepEqual(told(noon - 5 * minute - 1, release(3, status)), []);
      assert.deepEqual(told(noon - 5 * minute, release(3, status)), [`Helm release sock-shop ${said}`]);
    });
});

describe('a release that is stuck', () => {
  it('tells who wrote it last, and which revision to go back to', () => {
    const of = (revision: number, status: string) =>
      aRelease({ uid: `r${revision}`, revision, status, createdAt: noon - 10 * minute, writtenBy: 'helm-controller' });
    const [finding] = findingsOn([
      ['releaserecords', of(3, 'pending-upgrade')],
      ['releaserecords', of(2, 'failed')],
      ['releaserecords', of(1, 'superseded')],
      ['troubledreleases', of(3, 'pending-upgrade')],
    ]);
    const words = finding?.detail().join('\n') ?? '';
    assert.match(words, /Last written by helm-controller\./);
    assert.match(words, /roll back to revision 1, the last good one/);
  });
});
