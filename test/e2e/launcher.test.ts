import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { root } from '../support/process.ts';
import { outputMark } from '../support/vscode/output.ts';

describe('the stand-in for desktop VS Code', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'jarvis-launcher-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('runs the test module in VS Code and ends with 0 when it passes', async () => {
    const { code, output } = await launch(`console.log('${outputMark}language ' + vscode.env.language);`);
    assert.equal(code, 0);
    assert.equal(output, 'language en\n');
  });

  it('ends with 1 when the test module fails, and tells why', async () => {
    const { code, complaint } = await launch(`throw new Error('3 tests failed');`);
    assert.equal(code, 1);
    assert.match(complaint, /3 tests failed/);
  });

  it('starts VS Code in Korean when asked to', async () => {
    const { output } = await launch(`console.log('${outputMark}language ' + vscode.env.language);`, '--locale=ko');
    assert.equal(output, 'language ko\n');
  });

  async function launch(body: string, ...args: string[]) {
    const tests = path.join(folder, 'tests.mjs');
    await writeFile(tests, `import * as vscode from 'vscode';\nexport async function run() { ${body} }\n`);
    const child = spawn(
      path.join(root, 'test/support/vscode/code.ts'),
      [
        folder,
        `--extensionDevelopmentPath=${path.join(root, 'test/bench/activation/empty')}`,
        `--extensionTestsPath=${tests}`,
        ...args,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    const [output, complaint] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      child.exitCode === null ? once(child, 'exit') : undefined,
    ]);
    return { code: child.exitCode, output, complaint };
  }
});
