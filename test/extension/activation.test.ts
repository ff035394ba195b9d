import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('is done at start-up without being asked for', async () => {
    const jarvis = vscode.extensions.getExtension('jarvis-sre.jarvis');
    assert.ok(jarvis, 'the extension is installed');
    await jarvis.activate();
    assert.ok(jarvis.isActive);
  });

  it('offers the log as a command', async () => {
    assert.ok((await vscode.commands.getCommands(true)).includes('jarvis.showLog'));
  });
});
