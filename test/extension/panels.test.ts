import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';
import { Emitter } from '../../src/core/event.ts';
import { type PanelSpec, Panels } from '../../src/webviews/panels/panels.ts';
import { replaced } from '../support/replaced.ts';

describe('the panels in VS Code', () => {
  it('bear the name of what they are about as soon as it is known', async () => {
    const names = new Map<string, string>();
    const named = new Emitter<unknown>();
    const title = (about: string) => names.get(about) ?? 'Not known yet';
    const panels = new Panels<string>({ ...plain, title, onDidChangeTitle: named.event });
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

  it('have their code loaded once, and leave no empty tab where it cannot be', async () => {
    let loads = 0;
    const filled: string[] = [];
    const content = { read: String, fill: (_: vscode.WebviewPanel, about: string) => void filled.push(about) };
    const panels = new Panels<string>({
      ...plain,
      load: () => (++loads === 1 ? Promise.reject(new Error('gone')) : Promise.resolve(content)),
    });
    await assert.rejects(panels.open('a'), /gone/);
    for (const about of ['a', 'b']) await panels.open(about);
    await tabs(['a', 'b']);
    assert.deepEqual([loads, filled], [2, ['a', 'b']]);
    panels.dispose();
    await tabs([]);
  });

  it('are one where one is restored of which another was opened meanwhile', async () => {
    const restored = restoring();
    const panels = new Panels<string>(plain);
    try {
      await panels.open('a');
      const panel = vscode.window.createWebviewPanel('jarvis.test', 'a', vscode.ViewColumn.Active);
      await tabs(['a', 'a']);
      await restored.serializer?.deserializeWebviewPanel(panel, 'a');
      await tabs(['a']);
      await panels.open('a');
      await tabs(['a']);
    } finally {
      restored.dispose();
      panels.dispose();
    }
    await tabs([]);
  });
});

const plain: PanelSpec<string> = {
  viewType: 'jarvis.test',
  icon: 'beaker',
  keyOf: (about) => about,
  title: (about) => about,
  load: () => Promise.resolve({ read: String, fill: () => undefined }),
};

/** What VS Code would restore panels with. */
function restoring() {
  const restored = { serializer: undefined as vscode.WebviewPanelSerializer | undefined };
  const registering = replaced(vscode.window, {
    registerWebviewPanelSerializer: (_, serializer) => {
      restored.serializer = serializer;
      return new vscode.Disposable(() => undefined);
    },
  });
  return Object.assign(restored, registering);
}

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
