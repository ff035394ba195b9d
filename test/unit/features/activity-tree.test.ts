import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { Emitter } from '../../../src/core/event.ts';
import { failed, loading } from '../../../src/core/loadable.ts';
import type { RunState } from '../../../src/domain/remediation/run-state.ts';
import type { RecordedRuns } from '../../../src/domain/remediation/runs.ts';
import { activityBranch } from '../../../src/features/activity/activity-tree.ts';
import { aPlan } from '../../support/builders/remediation.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { Screen, assertTree } from '../../support/screen.ts';

describe('the Activity view', () => {
  let clock: FakeClock;
  let screen: Screen;
  let all: readonly RunState[];
  const changed = new Emitter<ReadonlySet<string>>();
  const runs = {
    get all() {
      return all;
    },
    onDidChange: changed.event,
    journal: { state: 'ready', value: undefined, at: 0 } as RecordedRuns['journal'],
    restore: () => {
      restored++;
      return Promise.resolve();
    },
  };
  let restored = 0;

  const field = (state: 'met' | 'missed') => [{ id: 'field', role: 'change', label: '', withinMs: 1, state } as const];
  const aRun = (id: string, over: Partial<RunState>): RunState => ({
    plan: aPlan(clock, { id, title: id }),
    phase: 'planned',
    times: {},
    ticks: [],
    cancelling: false,
    ...over,
  });
  const show = async (...next: readonly RunState[]) => {
    all = next;
    changed.fire(new Set(next.map(({ plan }) => plan.id)));
    await clock.advance(200);
  };

  beforeEach(() => {
    clock = new FakeClock();
    all = [];
    runs.journal = { state: 'ready', value: undefined, at: 0 };
    screen = new Screen(activityBranch({ runs: runs as RecordedRuns, clock }), clock);
  });
  afterEach(() => screen.dispose());

  it('is left to its welcome while nothing was planned', () => {
    assertTree(screen, []);
  });

  it('does not say that nothing was done before the journal is read, nor when it cannot be', async () => {
    runs.journal = loading;
    await show();
    assertTree(screen, [{ label: 'Loading…' }]);
    const error = new JarvisError({ code: 'journal.unreadable', message: 'The record cannot be read.' });
    runs.journal = failed(loading, error, 0);
    await show();
    assertTree(screen, [{ label: 'The record cannot be read.', description: 'Try Again' }]);
    screen.engine.retry(screen.engine.root);
    assert.equal(restored, 1);
    await show(aRun('open', {}));
    assertTree(screen, [{ label: 'open' }]);
  });

  it('shows what runs, then what waits, then the receipts', async () => {
    const now = clock.now();
    await show(
      aRun('done', { phase: 'verified', times: { verified: now - 120_000 }, ticks: field('met') }),
      aRun('open', {}),
      aRun('busy', { phase: 'running', times: { confirmed: now - 42_000, running: now - 40_000 } }),
    );
    assertTree(screen, [
      { label: 'busy', description: 'running · 42 s · prod-seoul', icon: 'loading~spin', context: 'run running' },
      { label: 'open', description: /waits for your confirmation · expires in [45] m/ },
      {
        label: 'done',
        description: 'verified · Kubernetes API · 2 m ago · prod-seoul',
        icon: 'verified-filled',
        context: 'run verified undoable',
      },
    ]);
    assert.equal(screen.row('done').command, 'jarvis.openAction');
    assert.equal(screen.find('done').subject.planId, 'done');
  });

  it('tells each outcome apart by shape and words', async () => {
    const phases = ['verified', 'notRecovered', 'notChanged', 'failed', 'cancelled', 'expired', 'discarded'] as const;
    await show(...phases.map((phase) => aRun(phase, { phase })));
    const rows = phases.map((phase) => screen.row(phase));
    assert.equal(new Set(rows.map(({ icon }) => icon?.id)).size, phases.length);
    assert.equal(new Set(rows.map(({ description }) => description)).size, phases.length);
  });

  it('offers Undo only for what was changed and not taken back', async () => {
    await show(
      aRun('changed', { phase: 'notRecovered', ticks: field('met') }),
      aRun('failed after', { phase: 'failed', ticks: field('met') }),
      aRun('unchanged', { phase: 'notChanged', ticks: field('missed') }),
      aRun('undone', { phase: 'verified', ticks: field('met'), undoneBy: 'other' }),
    );
    const undoable = ['changed', 'failed after', 'unchanged', 'undone'].filter((id) =>
      screen.row(id).context?.includes('undoable'),
    );
    assert.deepEqual(undoable, ['changed', 'failed after']);
    assert.match(screen.row('undone').description ?? '', /undone$/);
  });

  it('tells when it is taken back by itself, and since when it should have been', async () => {
    const ticks = field('met').map((tick) => ({ ...tick, endedAt: clock.now() }));
    const plan = aPlan(clock, { id: 'timed', title: 'timed', backAfterMs: 60_000 });
    const timed = aRun('timed', { plan, phase: 'verified', ticks });
    await show(timed);
    assert.match(screen.row('timed').description ?? '', /· back at \S/);
    await clock.advance(60_000);
    await show({ ...timed });
    assert.match(screen.row('timed').description ?? '', /· to be taken back since \S/);
  });

  it('tells what changed, what was seen and what went wrong', async () => {
    const tick = { id: 'field', role: 'change', label: 'maxReplicas is 10', withinMs: 1, seen: '10' } as const;
    await show(
      aRun('failed', {
        phase: 'failed',
        ticks: [{ ...tick, state: 'met' }],
        error: { code: 'github.runFailed', message: 'The run failed.' },
        journalError: { code: 'journal.full', message: 'The disk is full.' },
      }),
    );
    screen.expand('failed');
    assertTree(
      screen,
      [
        { label: 'spec.maxReplicas: 4 → 10' },
        { label: 'maxReplicas is 10', description: '10', icon: 'pass' },
        { label: 'The run failed.', icon: 'error' },
        { label: 'The disk is full.', icon: 'warning' },
      ],
      'failed',
    );
    assert.match(screen.row('failed').description ?? '', /not recorded/);
  });
});
