import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { loading } from '../../../src/core/loadable.ts';
import { manyNodes } from '../../../src/ui/tree/nodes.ts';
import type { Nodes } from '../../../src/ui/tree/model.ts';
import { FakeBranch, node } from '../../support/fake-branch.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Screen, assertTree } from '../../support/screen.ts';

const offline = new JarvisError({ code: 'kube.unreachable', message: 'The server does not answer.' });
const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'You may not list pods.' });

describe('the tree engine', () => {
  let clock: FakeClock;
  let root: FakeBranch;
  let screen: Screen;
  const flushed = () => clock.advance(200);

  beforeEach(() => {
    clock = new FakeClock();
    root = new FakeBranch();
    screen = new Screen(root, clock);
  });
  afterEach(() => screen.dispose());

  it('says that it is loading, then shows what came', async () => {
    assertTree(screen, [{ label: 'Loading…', icon: 'loading~spin' }]);
    root.set([node('a'), node('b', { description: '2 h' })]);
    await flushed();
    assertTree(screen, [{ label: 'a' }, { label: 'b', description: '2 h' }]);
  });

  it('says "empty" in words, only when the server said so', async () => {
    root.set([]);
    await flushed();
    assertTree(screen, [{ label: 'Nothing here.' }]);
  });

  it('leaves an empty view to its welcome where the branch has no words for it', async () => {
    const view = new Screen(new FakeBranch([], ''), clock);
    await flushed();
    assertTree(view, []);
    view.dispose();
  });

  it('shows the cause of a failure and one way out, and recovers', async () => {
    root.be({ state: 'failed', error: offline });
    await flushed();
    assertTree(screen, [{ label: offline.message, description: 'Try Again', icon: 'error', context: 'state.error' }]);
    assert.equal(screen.row(offline.message).command, 'jarvis.solve');
    root.set([node('a')]);
    await flushed();
    assertTree(screen, [{ label: 'a' }]);
  });

  it('shows what is forbidden as forbidden', async () => {
    root.be({ state: 'failed', error: forbidden });
    await flushed();
    assertTree(screen, [{ label: forbidden.message, icon: 'lock', context: 'state.forbidden' }]);
  });

  it('opens the branch anew when somebody tries again', async () => {
    root.be({ state: 'failed', error: offline });
    await flushed();
    screen.find(offline.message).subject.trouble?.retry();
    assert.equal(root.opened, 2);
    assert.equal(root.closed, 1);
  });

  it('keeps old rows under a mark that says since when and why', async () => {
    root.set([node('a')]);
    await flushed();
    root.stale(offline, clock.now());
    await flushed();
    assertTree(screen, [
      { label: /^Not up to date since /, description: offline.message, icon: 'warning', context: 'state.stale' },
      { label: 'a' },
    ]);
  });

  it('keeps the rows while it loads again, under a row that says so', async () => {
    root.set([node('a')]);
    await flushed();
    const a = screen.find('a');
    root.be(loading);
    await flushed();
    assertTree(screen, [{ label: 'Loading…' }, { label: 'a' }]);
    assert.equal(screen.find('a'), a);
  });

  describe('while a list arrives for the first time', () => {
    const partly = (nodes: Nodes) => root.be({ state: 'loading', partial: nodes });

    it('shows what has come so far, and how much that is', async () => {
      partly([node('a'), node('b')]);
      await flushed();
      assertTree(screen, [
        { label: 'Loading… (2 so far)', icon: 'loading~spin', context: 'state.loading' },
        { label: 'a' },
        { label: 'b' },
      ]);
      root.set([node('a'), node('b'), node('c')]);
      await flushed();
      assertTree(screen, [{ label: 'a' }, { label: 'b' }, { label: 'c' }]);
    });

    it('never calls it empty', async () => {
      partly([]);
      await flushed();
      assertTree(screen, [{ label: 'Loading… (0 so far)' }]);
    });

    it('drops what has come when the rest does not', async () => {
      partly([node('a')]);
      await flushed();
      root.be({ state: 'failed', error: offline });
      await flushed();
      assertTree(screen, [{ label: offline.message }]);
    });

    it('takes no row away from what was whole before', async () => {
      root.set([node('a'), node('b')]);
      await flushed();
      partly([node('b')]);
      await flushed();
      assertTree(screen, [{ label: 'Loading…' }, { label: 'a' }, { label: 'b' }]);
    });
  });

  it('redraws the one row that changed', async () => {
    root.set([node('a'), node('b'), node('c')]);
    await flushed();
    screen.forget();
    root.set([node('a'), node('b', { description: 'changed' }), node('c')]);
    await flushed();
    assert.deepEqual(screen.drawn, ['b']);
  });

  it('reads what has changed once, though it is drawn because of it', async () => {
    root.set([node('a')]);
    await flushed();
    const before = root.reads;
    root.set([node('a'), node('b')]);
    await flushed();
    assertTree(screen, [{ label: 'a' }, { label: 'b' }]);
    assert.equal(root.reads, before + 1);
  });

  it('redraws nothing when nothing changed', async () => {
    root.set([node('a')]);
    await flushed();
    screen.forget();
    root.set([node('a')]);
    await flushed();
    assert.deepEqual(screen.drawn, []);
  });

  it('keeps the element of a thing while others come and go', async () => {
    root.set([node('a'), node('b')]);
    await flushed();
    const b = screen.find('b');
    root.set([node('b'), node('c')]);
    await flushed();
    assert.equal(screen.find('b'), b);
    assertTree(screen, [{ label: 'b' }, { label: 'c' }]);
  });

  it('draws many changes at most five times a second', async () => {
    root.set([node('a', { description: '0' })]);
    await flushed();
    screen.forget();
    for (let change = 1; change < 100; change++) {
      root.set([node('a', { description: String(change) })]);
      await clock.advance(10);
    }
    assert.ok(screen.drawn.length <= 5, `${screen.drawn.length} times`);
    await flushed();
    assertTree(screen, [{ label: 'a', description: '99' }]);
  });

  it('moves ages on without any change from outside', async () => {
    const start = clock.now();
    root.set([{ key: 'pod', row: () => ({ label: 'pod', description: `${(clock.now() - start) / 1000} s` }) }]);
    await flushed();
    await clock.advance(60_000);
    assert.match(screen.row('pod').description ?? '', /^(4[5-9]|5\d|60)/);
  });

  it('does not lose its view for a key that is there twice', async () => {
    root.set([node('a'), node('a', { description: 'again' })]);
    await flushed();
    assertTree(screen, [{ label: 'a', description: 'again' }]);
  });

  it('finds every row by an id of its own, whatever the keys contain', async () => {
    const inner = new FakeBranch([node('c')]);
    root.set([
      node('a/b', { branch: new FakeBranch([node('c')]) }),
      node('a', { branch: new FakeBranch([node('b/c')]) }),
    ]);
    await flushed();
    screen.expand('a/b');
    screen.expand('a');
    assert.notEqual(screen.find('a/b', 'c').id, screen.find('a', 'b/c').id);
    assert.equal(inner.isOpen, false);
  });

  describe('with many children', () => {
    it('shows the first 500 and a row that shows more', async () => {
      root.set(Array.from({ length: 1200 }, (_, index) => node(`pod-${index}`)));
      await flushed();
      assert.equal(screen.lines().length, 501);
      screen.find('700 more…').subject.retry?.();
      await flushed();
      assert.equal(screen.lines().length, 1001);
      assert.equal(screen.row('200 more…').context, 'state.more');
    });

    it('makes none but those that it shows', async () => {
      const made: number[] = [];
      const numbers = Array.from({ length: 10_000 }, (_, number) => number);
      root.set(
        manyNodes(numbers, (number) => {
          made.push(number);
          return node(`n${number}`);
        }),
      );
      await flushed();
      assert.equal(Math.max(...made), 499);
      assert.equal(screen.lines().at(-1), '9500 more…');
    });

    it('draws one changed row of 50,000 without touching the others', async () => {
      const pods = Array.from({ length: 50_000 }, (_, index) => node(`pod-${index}`));
      root.set(pods);
      await flushed();
      screen.forget();
      root.set(pods.with(3, node('pod-3', { description: 'restarted' })));
      await flushed();
      assert.deepEqual(screen.drawn, ['pod-3']);
    });
  });

  it('draws nothing while the view is hidden, and all that changed when it is back', async () => {
    root.set([node('a')]);
    await flushed();
    screen.forget();
    screen.show(false);
    root.set([node('a', { description: 'new' })]);
    await clock.advance(1_000);
    assert.deepEqual(screen.drawn, []);
    screen.show(true);
    assertTree(screen, [{ label: 'a', description: 'new' }]);
  });

  it('opens what is drawn open without being asked', async () => {
    const inner = new FakeBranch([node('child')]);
    root.set([node('scope', { branch: inner, expanded: true })]);
    await flushed();
    assertTree(screen, [{ label: 'scope', children: [{ label: 'child' }] }]);
    assert.ok(inner.isOpen);
  });
});
