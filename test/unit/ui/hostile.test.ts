import assert from 'node:assert/strict';
import { indented, oneLine } from '../../../src/core/text.ts';
import { toCsv } from '../../../src/domain/metrics/csv.ts';
import type { ChartData, Series } from '../../../src/domain/metrics/model.ts';
import { fileName } from '../../../src/features/charts/file-name.ts';
import { channelLogger } from '../../../src/ui/log.ts';
import { escapeMarkdown } from '../../../src/ui/markdown.ts';
import { disarmed, inNotice, inPrompt, withoutLinks } from '../../../src/ui/plain-text.ts';
import { tooltipMarkdown } from '../../../src/ui/tree/tooltip.ts';
import { hostileNames } from '../../support/hostile.ts';

/** What no text that is shown may hold: line breaks, escapes, marks that turn the reading direction. */
const unseen = /[\p{Cc}\u2028\u2029\u200E\u200F\u202A-\u202E\u2066-\u2069]/u;
/** What VS Code makes a link of in notices and input boxes (parseLinkedText). */
const linkedText = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/i;
/** What VS Code makes an icon of in labels (renderLabelWithIcons). */
const icon = /\$\([a-z0-9~-]+\)/i;

const series: Series = { id: 'a', label: '', unit: 'none', axis: 'left', style: 'line', times: [0], values: [1] };
const chart: ChartData = {
  title: '',
  subtitle: '',
  from: 0,
  to: 1,
  stepSeconds: 60,
  series: [],
  bands: [],
  markers: [],
  source: '',
  links: [],
  notes: [],
};

for (const [what, name] of Object.entries(hostileNames))
  describe(`a hostile name (${what})`, () => {
    it('is one line without escapes in a row, a tab and a document’s title', () => {
      assert.doesNotMatch(oneLine(name), unseen);
    });

    it('is no link in a notice, and not longer than one can carry', () => {
      assert.doesNotMatch(inNotice(name), linkedText);
      assert.doesNotMatch(withoutLinks(`It is ${name}.`), linkedText);
      assert.doesNotMatch(inNotice(name), unseen);
      assert.ok(inNotice(name).length <= 121);
      assert.ok(inNotice(name).isWellFormed());
    });

    it('is neither icon nor link in a quick pick and an input box', () => {
      const { label, description, detail } = disarmed({ label: name, description: name, detail: name });
      for (const text of [label, description, detail, inPrompt(name)]) {
        assert.doesNotMatch(text, icon);
        assert.doesNotMatch(text, linkedText);
        assert.doesNotMatch(text, unseen);
      }
      assert.match(disarmed({ label: name, icon: 'error' }).label, /^\$\(error\) /);
    });

    it('is text in a tooltip', () => {
      assert.doesNotMatch(escapeMarkdown(name), /(?<!\\)[`*_[\]()#|$@:]|[<>]/);
      const markdown = tooltipMarkdown({ title: name, facts: [[name, name]], text: [name] }, name);
      assert.equal(markdown.match(/(?<!\\)\|/g)?.length, 9);
      assert.equal(markdown.split('\n').length, 9);
    });

    it('forges no entry of the log', () => {
      const lines: string[] = [];
      const write = (text: string) => lines.push(...text.split('\n'));
      const log = channelLogger({ debug: write, info: write, warn: write, error: write });
      log.warn(name, new Error(name));
      log.error(name, name);
      log.info(name);
      for (const line of lines) assert.doesNotMatch(line, unseen);
      assert.equal(lines.filter((line) => !line.startsWith('    ')).length, name.startsWith('    ') ? 0 : 3);
      assert.doesNotMatch(indented(name), /[\r\u2028]/);
    });

    it('is no formula in a spreadsheet, and one cell', () => {
      const csv = toCsv({ ...chart, series: [{ ...series, label: name }] });
      const [header = ''] = csv.split('\r\n');
      assert.equal(csv.split('\r\n').length, 3);
      assert.doesNotMatch(header, /^time,"?\s*[=+\-@\uFF0B\uFF0D\uFF1D\uFF20]/);
    });

    it('stays in the folder as a file’s name', () => {
      const file = fileName({ title: name, to: 0 }, 'csv');
      assert.doesNotMatch(file, /[/\\:*?"<>|]|^\./);
      assert.ok(Buffer.byteLength(file) <= 255, `${Buffer.byteLength(file)} bytes`);
      assert.ok(file.isWellFormed());
    });
  });
