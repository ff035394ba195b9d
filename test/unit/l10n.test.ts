import assert from 'node:assert/strict';
import { compareBundle, listing, placeholders, readJson, textUses } from '../support/l10n.ts';

describe('the texts', () => {
  const uses = textUses();

  it('are literals, so that they can be collected', () => {
    assert.deepEqual(
      uses.filter(({ text }) => text === undefined).map(({ at }) => at),
      [],
    );
  });

  it('get as many arguments as they have placeholders', () => {
    const wrong = uses.filter(
      ({ text, argumentCount }) => text !== undefined && wantedArguments(text) !== argumentCount,
    );
    assert.deepEqual(
      wrong.map(({ at, text }) => `${at} ${text}`),
      [],
    );
  });

  it('are all there in Korean, none too many, with the same placeholders', () => {
    const texts = uses.flatMap(({ text }) => (text === undefined ? [] : [text]));
    const problems = compareBundle(texts, readJson('l10n/bundle.l10n.ko.json'));
    const list = listing(problems);
    if (list) assert.fail(list);
  });

  it('of package.json are there in both languages, each used, with the same placeholders', () => {
    const english = readJson('package.nls.json');
    const korean = readJson('package.nls.ko.json');
    assert.deepEqual(Object.keys(korean), Object.keys(english));
    const manifest = JSON.stringify(readJson('package.json'));
    const used = new Set(manifest.match(/(?<=%)[A-Za-z][\w.]*(?=%)/g));
    assert.deepEqual([...used].sort(), Object.keys(english).sort());
    const different = Object.entries(english).filter(
      ([key, text]) => placeholders(text).join() !== placeholders(korean[key] ?? '').join(),
    );
    assert.deepEqual(different, []);
  });
});

function wantedArguments(text: string): number {
  return Math.max(0, ...[...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index) + 1));
}
