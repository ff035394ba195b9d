import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { currentProtection } from '../../src/ui/protection.ts';

const { Global, Workspace } = vscode.ConfigurationTarget;
const set = (id: string, scope: vscode.ConfigurationTarget, value: unknown) =>
  vscode.workspace.getConfiguration().update(id, value, scope);

describe('what settings lock in VS Code', () => {
  afterEach(async () => {
    for (const id of ['jarvis.production', 'jarvis.readOnly'])
      for (const scope of [Workspace, Global]) await set(id, scope, undefined);
  });

  it('is what the user says, and what a workspace adds to that; it takes nothing away', async () => {
    await set('jarvis.production', Global, { contexts: ['prod-*'], accounts: ['123456789012'] });
    await set('jarvis.production', Workspace, { contexts: [], namespaces: ['payments'] });
    const united = { contexts: ['prod-*'], accounts: ['123456789012'], namespaces: ['payments'] };
    assert.deepEqual(currentProtection().production, united);
  });

  it('stays read-only where the user said so, whatever a workspace says', async () => {
    await set('jarvis.readOnly', Global, true);
    await set('jarvis.readOnly', Workspace, false);
    assert.equal(currentProtection().readOnly, true);
  });
});
