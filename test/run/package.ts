/** npm run package: the extension as a VSIX in out/. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createVSIX } from '@vscode/vsce';
import { root, run, step } from '../support/process.ts';

const packagePath = path.join(root, 'out/jarvis.vsix');
await mkdir(path.dirname(packagePath), { recursive: true });
const code = await step('Building Jarvis', () => run(process.execPath, ['esbuild.js', '--production']));
if (code !== 0) process.exit(code);
// the README's pictures stay where they are: there is no public repository yet that links could lead to
const options = { dependencies: false, allowMissingRepository: true, rewriteRelativeLinks: false };
await step('Packing', () => createVSIX({ cwd: root, packagePath, ...options }));
