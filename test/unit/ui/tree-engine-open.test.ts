import assert from 'node:assert/strict';
import { FakeBranch, node } from '../../support/fake-branch.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Screen, assertTree } from '../../support/screen.ts';

describe('the tree engine holds open only what is seen:', () => {
  let clock: FakeClock;
  let root: FakeBranch;
  let screen: Screen;
  let inner: FakeBranch;
  let innermost: FakeBranch;
  const flushed = () => clock.advance(200);

  beforeEach(async () => {
    clock = new FakeClock();
    root = new FakeBranch();
    screen = new Screen(root, clock);
    innermost = new FakeBranch([node('leaf')]);
    inner = new FakeBranch([node('inner', { branch: innermost })]);
    root.set([node('outer', { branch: inner })]);
    await flushed();
  });
  afterEach(() => screen.dispose());

  it('nothing below a row that was never expanded', () => {
    assert.equal(inner.opened, 0);
  });

  it('what is expanded, until it is collapsed', () => {
    screen.expand('outer');
    assert.ok(inner.isOpen);
    screen.collapse('outer');
    assert.ok(!inner.isOpen);
  });

  it('nothing below a collapsed row, and all of it again when that is expanded', () => {
    screen.expand('outer');
    screen.expand('outer', 'inner');
    assert.ok(innermost.isOpen);
    screen.collapse('outer');
    assert.ok(!innermost.isOpen);
    screen.expand('outer');
    assert.ok(innermost.isOpen);
  });

  it('nothing once the view has been hidden for a minute, all of it when it is back', async () => {
    const held = () => [root.isOpen, inner.isOpen];
    screen.expand('outer');
    screen.show(false);
    await clock.advance(59_000);
    assert.deepEqual(held(), [true, true], 'still within the grace');
    await clock.advance(2_000);
    assert.deepEqual(held(), [false, false]);
    screen.show(true);
    assert.deepEqual(held(), [true, true]);
  });

  it('nothing of what has gone', async () => {
    screen.expand('outer');
    root.set([]);
    await flushed();
    assert.ok(!inner.isOpen);
  });

  it('nothing after its end', () => {
    screen.expand('outer');
    screen.dispose();
    assert.ok(!inner.isOpen && !root.isOpen);
    assert.equal(clock.pending, 0);
  });

  it('the new branch before the old one is let go, when a row is described anew', async () => {
    screen.expand('outer');
    const next = new FakeBranch([node('other')]);
    const seen: boolean[] = [];
    const open = next.open.bind(next);
    next.open = (changed) => {
      seen.push(inner.isOpen);
      return open(changed);
    };
    root.set([node('outer', { branch: next })]);
    await flushed();
    assert.deepEqual(seen, [true]);
    assert.ok(!inner.isOpen);
    await flushed();
    assertTree(screen, [{ label: 'outer', children: [{ label: 'other' }] }]);
  });
});
