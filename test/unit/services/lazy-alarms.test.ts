import assert from 'node:assert/strict';
import { Emitter } from '../../../src/core/event.ts';
import type { AwsScope } from '../../../src/domain/alarms/model.ts';
import { LazyAlarms } from '../../../src/services/lazy-alarms.ts';
import { FakeAlarmSource } from '../../support/builders/alarm-source.ts';

/** Alarms of one scope before they are needed, and what of it has happened. */
function lazyAlarms({ load = (source: Source): Promise<Source> => Promise.resolve(source) } = {}) {
  const source = new Source();
  const scopesChanged = new Emitter<undefined>();
  const world = {
    source,
    scopesChanged,
    loads: 0,
    changes: [] as string[][],
    scopes: [{ label: 'prod' }] as AwsScope[],
  };
  const alarms = new LazyAlarms(
    { scopes: () => world.scopes, pollSeconds: () => 60, onScopesChanged: scopesChanged.event, env: {} },
    () => {
      world.loads++;
      return load(source);
    },
  );
  alarms.onDidChange((labels) => world.changes.push([...labels]));
  return { ...world, world, alarms };
}

class Source extends FakeAlarmSource {
  readonly seen: boolean[] = [];
  isDisposed = false;

  override setVisible(visible?: boolean): void {
    this.seen.push(visible === true);
  }

  dispose(): void {
    this.isDisposed = true;
  }
}

describe('alarms before they are needed', () => {
  it('are known by their scopes, unread, and load nothing', () => {
    const { alarms, world } = lazyAlarms();
    alarms.setVisible(false);
    assert.deepEqual(
      alarms.scopes.map(({ scope, alarms: { state }, feed }) => [scope.label, state, feed.mode]),
      [['prod', 'loading', 'paused']],
    );
    assert.equal(world.loads, 0);
  });

  it('load once, with the first look, and are then what the source says', async () => {
    const { alarms, source, world } = lazyAlarms();
    const [unread = assert.fail('a scope')] = alarms.scopes;
    alarms.setVisible(true);
    await alarms.refresh('prod');
    assert.deepEqual([world.loads, source.seen, source.refreshed], [1, [true], ['prod']]);
    source.has({ ...unread, scope: { label: 'other' } });
    assert.deepEqual([alarms.scopes.map(({ scope }) => scope.label), world.changes.at(-1)], [['other'], ['other']]);
  });

  it('are not read when nobody looks any more once they are loaded', async () => {
    const loaded = Promise.withResolvers<undefined>();
    const { alarms, source } = lazyAlarms({ load: (it) => loaded.promise.then(() => it) });
    alarms.setVisible(true);
    alarms.setVisible(false);
    loaded.resolve(undefined);
    await alarms.refresh();
    assert.deepEqual(source.seen, [false]);
  });

  it('follow the settings', () => {
    const { alarms, scopesChanged, world } = lazyAlarms();
    world.scopes = [{ label: 'dev' }];
    scopesChanged.fire(undefined);
    assert.deepEqual(
      alarms.scopes.map(({ scope }) => scope.label),
      ['dev'],
    );
    assert.deepEqual(world.changes, [['prod', 'dev']]);
  });

  it('let go of the source with themselves', async () => {
    const { alarms, source } = lazyAlarms();
    await alarms.refresh();
    alarms.dispose();
    assert.ok(source.isDisposed);
  });
});
