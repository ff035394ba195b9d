import assert from 'node:assert/strict';
import { PackageManager, listFiles } from '@vscode/vsce';
import { root } from '../../support/process.ts';

const shipped = [
  /^dist\/.*\.(cjs|js|css|ttf)$/,
  /^l10n\/bundle\.l10n(\.\w+)?\.json$/,
  /^media\/[^/]+\.(svg|png)$/,
  /^media\/set-up\/(\w+\/)?[\w-]+\.(yml|yaml|tf|md)$/,
  /^media\/set-up\/functions\/[\w-]+\/[\w-]+(\.test)?\.mjs$/,
  /^package(\.nls(\.\w+)?)?\.json$/,
  /^(README\.md|CHANGELOG\.md|LICENSE)$/,
];

describe('the package', () => {
  it('ships what an installed Jarvis needs and nothing else', async () => {
    const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
    assert.ok(files.includes('package.json'));
    assert.deepEqual(
      files.filter((file) => !shipped.some((pattern) => pattern.test(file))),
      [],
    );
  });
});
