import assert from 'node:assert/strict';
import { lazyBranch } from '../../../src/ui/tree/lazy-branch.ts';
import type { Branch } from '../../../src/ui/tree/model.ts';
import { FakeBranch, node } from '../../support/fake-branch.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Screen, assertTree } from '../../support/screen.ts';

describe('a branch that is loaded late', () => {
  let clock: FakeClock;
  beforeEach(() => {
    clock = new FakeClock();
  });

  it('is loaded once, when somebody looks', async () => {
    const branch = new FakeBranch([node('a')]);
    let loads = 0;
    const late = lazyBranch(() => {
      loads++;
      return Promise.resolve<Branch>(branch);
    });
    assert.equal(loads, 0);
    for (let look = 0; look < 2; look++) {
      const screen = new Screen(late, clock);
      assertTree(screen, [{ label: 'Loading…' }]);
      await clock.advance(200);
      assertTree(screen, [{ label: 'a' }]);
      screen.dispose();
    }
    assert.equal(loads, 1);
    assert.equal(branch.isOpen, false);
  });

  it('says why it cannot be loaded, and tries again', async () => {
    let fails = true;
    const late = lazyBranch(() =>
      fails ? Promise.reject(new Error('chunk missing')) : Promise.resolve<Branch>(new FakeBranch([node('a')])),
    );
    const screen = new Screen(late, clock);
    await clock.advance(200);
    assertTree(screen, [{ label: 'chunk missing', icon: 'error' }]);
    fails = false;
    screen.find('chunk missing').subject.trouble?.retry();
    await clock.advance(200);
    assertTree(screen, [{ label: 'a' }]);
    screen.dispose();
  });

  it('opens nothing when it was closed before it was there', async () => {
    const branch = new FakeBranch([node('a')]);
    const screen = new Screen(
      lazyBranch(() => Promise.resolve<Branch>(branch)),
      clock,
    );
    screen.dispose();
    await clock.advance(200);
    assert.equal(branch.opened, 0);
  });
});
