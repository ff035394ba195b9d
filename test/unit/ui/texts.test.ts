import assert from 'node:assert/strict';
import fc from 'fast-check';
import { escapeMarkdown } from '../../../src/ui/markdown.ts';
import { ago, duration, fullTime, setDateLanguage } from '../../../src/ui/time.ts';
import { tooltipMarkdown } from '../../../src/ui/tree/tooltip.ts';

const hostile = [
  '<img src=x onerror=alert(1)>',
  '[click](command:evil)',
  '$(rm)',
  '`code`',
  '| a | b |',
  '**b**',
  '# h',
];

describe('texts from servers in Markdown', () => {
  it('keep no character that means something', () => {
    for (const text of hostile) assert.doesNotMatch(escapeMarkdown(text), /(?<!\\)[`*_[\]()#|$]|[<>]/, text);
  });

  it('stay on one line', () => {
    assert.equal(escapeMarkdown('a\r\n\r\n# b\tc'), 'a \\# b c');
  });

  it('read back as what they were', () => {
    const back = (text: string) =>
      text.replace(/\\(.)/g, '$1').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
    fc.assert(
      fc.property(
        fc.string().filter((text) => !/[\r\n\t]/.test(text)),
        (text) => back(escapeMarkdown(text)) === text,
      ),
    );
  });

  it('cannot break out of a tooltip', () => {
    for (const text of hostile) {
      const markdown = tooltipMarkdown({ title: text, facts: [[text, text]], text: [text] });
      assert.doesNotMatch(markdown, /<|\]\(|\$\(/, text);
      assert.equal(markdown.match(/(?<!\\)\|/g)?.length, 9, text);
    }
  });
});

describe('ages', () => {
  const minute = 60_000;

  it('are told in one unit that fits', () => {
    const told = [0, 90_000, 5 * minute, 119 * minute, 47 * 60 * minute, 72 * 60 * minute].map(duration);
    assert.deepEqual(told, ['0 s', '90 s', '5 m', '119 m', '47 h', '3 d']);
  });

  it('are never negative, whatever the clocks say', () => {
    assert.equal(ago(1_000, 0), '0 s ago');
  });

  it('are beside dates in the language of VS Code', () => {
    setDateLanguage('ko');
    assert.match(fullTime(0), /19(70|69)\. /);
    setDateLanguage(undefined);
  });
});
