import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Emitter } from '../../src/core/event.ts';
import { Panels } from '../../src/webviews/panels/panels.ts';

describe('the panels in VS Code', () => {
  it('bear the name of what they are about as soon as it is known', async () => {
    const names = new Map<string, string>();
    const named = new Emitter<unknown>();
    const panels = new Panels<string>({
      viewType: 'jarvis.test',
      icon: 'beaker',
      keyOf: (about) => about,
      title: (about) => names.get(about) ?? 'Not known yet',
      onDidChangeTitle: named.event,
      load: () => Promise.resolve({ read: () => undefined, fill: () => undefined }),
    });
    await panels.open('a');
    await panels.open('b');
    await tabs(['Not known yet', 'Not known yet']);
    names.set('a', 'Scale HPA web');
    named.fire(undefined);
    await tabs(['Scale HPA web', 'Not known yet']);
    panels.dispose();
    await tabs([]);
    assert.equal(named.size, 0);
  });
});

/** Until these are the tabs of the test's webviews. */
async function tabs(expected: readonly string[]): Promise<void> {
  const shown = () =>
    vscode.window.tabGroups.all
      .flatMap((group) => group.tabs)
      .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.endsWith('jarvis.test'))
      .map(({ label }) => label);
  for (let patience = 0; shown().join() !== expected.join() && patience < 500; patience++) await wait(10);
  assert.deepEqual(shown(), expected);
}
