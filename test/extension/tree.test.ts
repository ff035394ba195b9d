import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { JarvisError } from '../../src/core/errors.ts';
import { systemClock } from '../../src/core/clock.ts';
import { RefreshScheduler } from '../../src/ui/refresh-scheduler.ts';
import { type JarvisTree, createTree } from '../../src/ui/tree/view.ts';
import type { TreeElement } from '../../src/ui/tree/element.ts';
import { FakeBranch, node } from '../support/fake-branch.ts';
import { eventually } from '../support/eventually.ts';

const until = (condition: () => boolean) => eventually(condition, Boolean);

/** The tree in a real view: what VS Code asks for, holds open and lets go. Jarvis's Activity view is taken over for it. */
describe('a tree in VS Code', () => {
  const root = new FakeBranch();
  const scheduler = new RefreshScheduler(systemClock);
  let inner: FakeBranch;
  let tree: JarvisTree;

  before(async () => {
    // else Jarvis would take its view back when it is activated later
    await vscode.extensions.getExtension('jarvis-sre.jarvis')?.activate();
    tree = createTree('jarvis.activity', () => Promise.resolve(root), scheduler, systemClock);
  });
  after(() => {
    tree.dispose();
    scheduler.dispose();
  });
  beforeEach(async () => {
    inner = new FakeBranch([node('leaf')]);
    await vscode.commands.executeCommand('jarvis.activity.focus');
    await until(() => tree.view.visible && root.isOpen);
    root.set([]);
    await until(() => first()?.node.key !== 'outer');
    root.set([node('outer', { branch: inner })]);
    await until(() => first()?.node.key === 'outer');
  });

  const first = (): TreeElement | undefined => tree.drawn?.engine.root.children?.[0];
  const outer = (): TreeElement => {
    const element = first();
    assert.ok(element);
    return element;
  };

  it('opens nothing that nobody expands', () => {
    assert.equal(inner.opened, 0);
  });

  it('opens what is expanded, and what is revealed', async () => {
    await tree.view.reveal(outer(), { expand: true });
    await until(() => inner.isOpen);
    assert.deepEqual(
      outer().children?.map(({ node: child }) => child.key),
      ['leaf'],
    );
  });

  it('lets go of what is collapsed', async () => {
    await tree.view.reveal(outer(), { expand: true, focus: true, select: true });
    await until(() => inner.isOpen);
    await vscode.commands.executeCommand('list.collapse');
    await until(() => !inner.isOpen);
  });

  it('draws a change by itself', async () => {
    let drawn = 0;
    const row = () => ({ label: 'outer', description: `drawn ${++drawn} times` });
    root.set([{ ...node('outer', { branch: inner }), row }]);
    await until(() => drawn > 1);
  });

  it('stops drawing when it is hidden, and draws again when it is back', async () => {
    await vscode.commands.executeCommand('workbench.view.explorer');
    await until(() => !tree.view.visible);
    let drawn = false;
    const row = () => {
      drawn = true;
      return { label: 'late' };
    };
    root.set([{ key: 'late', row }]);
    assert.equal(drawn, false);
    await vscode.commands.executeCommand('jarvis.activity.focus');
    await until(() => drawn);
  });

  it('shows a failure as a row that is solved by one command', async () => {
    const error = new JarvisError({ code: 'kube.unreachable', message: 'No answer.', remedies: [{ kind: 'retry' }] });
    root.be({ state: 'failed', error });
    await until(() => outer().node.key.includes('error'));
    const { opened } = root;
    await vscode.commands.executeCommand('jarvis.solve', { trouble: outer().subject.trouble });
    assert.equal(root.opened, opened + 1);
  });
});

describe('the shared commands', () => {
  it('copy the name of the row', async () => {
    await vscode.commands.executeCommand('jarvis.copyName', { copyText: 'front-end' });
    assert.equal(await vscode.env.clipboard.readText(), 'front-end');
  });

  it('ask for nothing in place of a row that was lost while it was drawn anew', async () => {
    const done = (...args: unknown[]) => vscode.commands.executeCommand<boolean>('jarvis.copyName', ...args);
    assert.equal(await done(), true, 'from the palette there is no row');
    assert.equal(await done(undefined, undefined), false);
  });

  it('are all registered, each one that package.json promises', async () => {
    const jarvis = vscode.extensions.getExtension('jarvis-sre.jarvis');
    await jarvis?.activate();
    const manifest = jarvis?.packageJSON as { contributes: { commands: { command: string }[] } };
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id));
    assert.deepEqual(missing, []);
  });
});
