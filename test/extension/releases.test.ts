import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ReleaseDocuments } from '../../src/features/helm/documents.ts';
import { aWholeRelease } from '../support/builders/helm.ts';
import { FakeCluster, clustersOf } from '../support/builders/kubernetes.ts';

describe('releases in VS Code', () => {
  const ref = { context: 'prod', server: 'https://prod.example', cluster: 'prod' };
  const cluster = new FakeCluster(ref);
  const documents = new ReleaseDocuments({ clusters: clustersOf(cluster) });
  const revision = (number: number) => ({ cluster: ref, namespace: 'sock-shop', name: 'sock-shop', revision: number });
  cluster.releases = {
    ...cluster.releases,
    read: (_namespace, _name, number) =>
      Promise.resolve(aWholeRelease({ revision: number, values: { of: number }, notes: number > 2 ? 'Go.' : '' })),
  };
  after(async () => {
    documents.dispose();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('open their values, notes and manifest, each revision as a document of its own', async () => {
    for (const [show, said] of [
      [() => documents.showValues(revision(2)), /^of: 2$/m],
      [() => documents.showValues(revision(3)), /^of: 3$/m],
      [() => documents.showNotes(revision(3)), /^Go\.$/],
      [() => documents.showManifest(revision(3)), /rendered nothing/],
    ] as const) {
      await show();
      assert.match(vscode.window.activeTextEditor?.document.getText() ?? '', said);
    }
  });

  it('are compared in one editor, the older revision on the left whichever was chosen first', async () => {
    await documents.compare(revision(3), revision(2));
    assert.equal(
      vscode.window.tabGroups.activeTabGroup.activeTab?.label,
      'sock-shop: revision 2 ↔ revision 3 (2 files)',
    );
    const text = (state: string, name: string) =>
      vscode.workspace.textDocuments.find(({ uri }) => uri.path === `/${name}` && uri.query.includes(state))?.getText();
    assert.equal(text('"2"', 'Values.yaml'), 'of: 2\n');
    assert.equal(text('"3"', 'Values.yaml'), 'of: 3\n');
  });
});
