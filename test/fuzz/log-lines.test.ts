import assert from 'node:assert/strict';
import { StringDecoder } from 'node:string_decoder';
import fc from 'fast-check';
import { LineSplitter } from '../../src/clients/kubernetes/line-splitter.ts';
import { compile } from '../../src/domain/logs/filter.ts';
import { harmless } from '../../src/domain/logs/harmless.ts';
import { levelOf } from '../../src/domain/logs/level.ts';
import { parseLine } from '../../src/domain/logs/line.ts';
import { Resume } from '../../src/domain/logs/resume.ts';
import { logTail } from '../../src/clients/routes/github/log-tail.ts';
import { damaged, damagedBytes, hostileText, inPieces, mostly } from './generators.ts';
import { always } from './support.ts';

const escape = '\u001b';
const stamp = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().replace('Z', '123456Z'));
const colour = fc.constantFrom(
  `${escape}[31m`,
  `${escape}[0m`,
  `${escape}]0;t\u0007`,
  escape,
  `${escape}[`,
  '\u009b1m',
  `${escape}]`,
  `${escape}[${'0;'.repeat(2000)}`,
);
const words = mostly(fc.string({ maxLength: 20 }), hostileText);
const content = fc.oneof(
  words,
  fc.array(fc.oneof(words, colour), { maxLength: 5 }).map((parts) => parts.join('')),
  fc.constantFrom(
    '{"level":"error","msg":"x"}',
    'E0102 10:00:00.000000 1 x.go:1] x',
    'level=warn msg=x',
    'a'.repeat(9000),
    '😀'.repeat(4100),
  ),
);
const line = damaged(fc.tuple(fc.oneof(stamp, stamp, fc.constant('')), content).map((parts) => parts.join(' ')));
const log = fc.array(line, { maxLength: 6 }).map((lines) => Buffer.from(lines.join('\n')));

/** What nothing may be left of: controls except the tab, and what turns the reading direction or breaks lines. */
const dangerous = /[^\P{Cc}\t]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

function split(pieces: readonly Buffer[]): readonly string[] {
  const [splitter, decoder] = [new LineSplitter(), new StringDecoder('utf8')];
  return [...pieces.flatMap((piece) => splitter.push(decoder.write(piece))), splitter.rest];
}

describe('any log', () => {
  always('gives the same lines wherever its pieces end', inPieces(damagedBytes(log)), ({ whole, pieces }) => {
    assert.deepEqual(split(pieces), split([whole]));
  });

  always('has no line that is too long, and none but those that were written', log, (bytes) => {
    const lines = split([bytes]);
    const written = bytes.toString().split('\n');
    assert.equal(lines.length, written.length);
    for (const [index, its] of lines.entries()) {
      assert.ok(its.length <= 8192 + 20);
      if (its.length <= 8192) assert.equal(its, written[index]);
      assert.ok(its.isWellFormed());
    }
  });
});

describe('any line of a log', () => {
  always('is harmless, and has a time or none', line, (raw) => {
    const { at, text } = parseLine(raw);
    assert.ok(Number.isFinite(at));
    assert.doesNotMatch(text, dangerous);
    assert.equal(harmless(text), text);
    levelOf(raw);
    levelOf(text);
  });

  always('with a time has that time and its text', fc.tuple(stamp, fc.stringMatching(/^[ -~]*$/)), ([time, text]) => {
    const parsed = parseLine(`${time} ${text}`);
    assert.equal(Math.floor(parsed.at), Date.parse(time));
    assert.equal(parsed.text, text);
  });

  always(
    'is found by a part of it',
    fc.tuple(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      fc.boolean(),
    ),
    ([before, wanted, after, matchCase]) => {
      const filter = { text: wanted, regex: false, matchCase, invert: false };
      const matcher = compile(filter);
      const inverse = compile({ ...filter, invert: true });
      if (!('matches' in matcher) || !('matches' in inverse)) assert.fail('a plain text was refused');
      assert.ok(matcher.matches(before + wanted + after));
      assert.equal(
        matcher.matches(after),
        matchCase || wanted === '' ? after.includes(wanted) : matcher.matches(after),
      );
      if (wanted) assert.notEqual(matcher.matches(before + after), inverse.matches(before + after));
    },
  );

  always(
    'comes once, however often the stream is cut',
    fc.array(fc.array(fc.tuple(fc.nat(3), fc.constantFrom('a', 'b')), { maxLength: 8 })),
    (streams) => {
      const resume = new Resume();
      const all = streams
        .flat()
        .map(([second, text]) => ({ second: second + 1, raw: `${second + 1} ${text}` }))
        .sort((a, b) => a.second - b.second);
      const shown: string[] = [];
      let end = 0;
      for (const stream of streams) {
        // the server begins with the whole second that it was asked from
        const since = resume.sinceTime === undefined ? 0 : Date.parse(resume.sinceTime) / 1000;
        resume.begin();
        end += stream.length;
        for (const { second, raw } of all.slice(0, end))
          if (second >= since && resume.isNew(raw, second * 1000)) shown.push(raw);
      }
      assert.deepEqual(
        shown,
        all.map(({ raw }) => raw),
      );
    },
  );
});

describe('any log of a job', () => {
  const marks = fc.constantFrom(
    '##[group]Run',
    '##[endgroup]',
    '##[error]failed',
    '\ufeff2026-11-21T09:00:00.0000000Z x',
    '',
  );
  always(
    'has a tail of at most 30 lines',
    fc.array(fc.oneof(line, marks)).map((lines) => lines.join('\r\n')),
    (text) => {
      assert.ok(logTail(text).length <= 30);
    },
  );
});
