import assert from 'node:assert/strict';
import { type EntryBundle, measureEntry } from '../../support/bundle.ts';

describe('the entry bundle', () => {
  let entry: EntryBundle;
  before(async function () {
    this.timeout(60_000);
    entry = await measureEntry();
  });

  it('holds the extension', () => {
    assert.ok(entry.inputs.some(({ file }) => file === 'src/extension.ts'));
  });

  it('is at most 60 KB, static imports counted', () => {
    const largest = entry.inputs
      .slice(0, 15)
      .map(({ file, bytes }) => `${file} ${bytes}`)
      .join(', ');
    assert.ok(entry.bytes <= 60 * 1024, `${entry.bytes} bytes, most of them: ${largest}`);
  });

  it('loads no SDK, no webview and nothing of the practice mode', () => {
    const heavy =
      /node_modules\/(@aws-sdk|@smithy|@kubernetes|@octokit|undici|preact|uplot|yaml)|src\/(practice|webviews\/app)/;
    assert.deepEqual(
      entry.inputs.map(({ file }) => file).filter((file) => heavy.test(file)),
      [],
    );
  });
});
