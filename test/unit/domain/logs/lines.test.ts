import assert from 'node:assert/strict';
import { LogBuffer } from '../../../../src/domain/logs/buffer.ts';
import { asText } from '../../../../src/domain/logs/as-text.ts';
import { compile, noFilter } from '../../../../src/domain/logs/filter.ts';
import { harmless } from '../../../../src/domain/logs/harmless.ts';
import { levelOf } from '../../../../src/domain/logs/level.ts';
import { parseLine } from '../../../../src/domain/logs/line.ts';
import { Merger } from '../../../../src/domain/logs/merge.ts';
import { Resume } from '../../../../src/domain/logs/resume.ts';

const stamp = '2026-11-21T09:00:00.123456789Z';

describe('a line of a log', () => {
  it('gives its time, to the nanosecond as far as a number can, and its text', () => {
    const { at, text } = parseLine(`${stamp} GET /`);
    assert.equal(text, 'GET /');
    assert.ok(Math.abs(at - Date.parse('2026-11-21T09:00:00.123Z') - 0.4568) < 0.001);
  });

  it('may have no time, no text, another zone', () => {
    assert.deepEqual(parseLine('no time'), { at: 0, text: 'no time' });
    assert.equal(parseLine(`${stamp} `).text, '');
    assert.equal(parseLine(stamp).text, '');
    assert.equal(parseLine('2026-11-21T18:00:00+09:00 x').at, Date.parse('2026-11-21T09:00:00Z'));
  });

  it('loses what terminals obey, and shows every other control', () => {
    const escape = '\u001b';
    assert.equal(harmless(`${escape}[31mred${escape}[0m ${escape}]0;title\u0007x`), 'red x');
    assert.equal(harmless(`${escape}]8;;http://evil\u001b\\link${escape}]8;;\u001b\\`), 'link');
    assert.equal(harmless(`a\u0000b\u0008c\u007f\td\r`), 'a\u2400b\u2408c\u2421\td');
    assert.equal(harmless('user\u202Egnp.exe\u2066'), 'user\uFFFDgnp.exe\uFFFD');
    assert.equal(harmless('<img src=x> 한글 🙂'), '<img src=x> 한글 🙂');
    assert.equal(harmless(`half ${escape}[12`), 'half 12');
    for (const raw of [`${stamp} ${escape}[31mred`, `${escape}[31mred`]) assert.equal(parseLine(raw).text, 'red');
  });

  for (const [level, ...lines] of [
    ['error', '{"level":"error","msg":"x"}', '{"severity": "CRITICAL"}', '{"level":50}', 'E1121 10:00:00.1 x.go:1] no'],
    ['error', 'level=fatal msg=x', 'Error: connect ECONNREFUSED', 'java.lang.NullPointerException: x', '[FATAL] no'],
    ['warning', 'level="warn" msg=x', 'W1121 10:00:00.1 x', '{"level":40}', '2026 WARN slow', 'npm warning: old'],
    ['info', '{"level":"info","msg":"no error"}', 'I1121 10:00:00.1 x', 'INFO started', 'severity=notice'],
    ['debug', '{"lvl":"TRACE"}', 'ts=1 level=debug', '{"level":20}'],
    [undefined, 'GET /errors 200', 'information', '{"levels":"error"}', ''],
  ] as const)
    it(`is of level ${level ?? 'none'}`, () => {
      for (const line of lines) assert.equal(levelOf(line), level, line);
    });
});

describe('the lines that are kept', () => {
  const lines = (...texts: string[]) => texts.map((text) => ({ text }));

  it('are the newest, under numbers of their own', () => {
    const buffer = new LogBuffer<{ text: string }>(3);
    buffer.push(lines('a', 'b', 'c', 'd', 'e'));
    assert.deepEqual([buffer.first, buffer.end, buffer.dropped], [2, 5, 2]);
    assert.deepEqual(buffer.slice(0, 4), lines('c', 'd'));
    assert.equal(buffer.at(1), undefined);
    assert.equal(buffer.at(4)?.text, 'e');
  });

  it('are bounded however many come, also by their length', () => {
    const buffer = new LogBuffer<{ text: string }>(5000);
    for (let turn = 0; turn < 100; turn++) buffer.push(Array.from({ length: 1000 }, () => ({ text: 'x' })));
    assert.equal(buffer.end - buffer.first, 5000);
    assert.equal(buffer.dropped, 95_000);
    const big = 'x'.repeat(8_000_000);
    buffer.push(lines(big, big, big));
    assert.ok(buffer.end - buffer.first <= 2);
  });

  it('can be let go of without counting as dropped', () => {
    const buffer = new LogBuffer<{ text: string }>(3);
    buffer.push(lines('a', 'b'));
    buffer.dropBefore(buffer.end);
    assert.deepEqual([buffer.first, buffer.end, buffer.dropped], [2, 2, 0]);
  });
});

describe('a filter', () => {
  const matches = (part: Partial<typeof noFilter>, text: string) => {
    const matcher = compile({ ...noFilter, ...part });
    assert.ok(!('problem' in matcher));
    return matcher.matches(text);
  };

  it('takes text as it is, an expression when told to, either case, and inverts', () => {
    assert.ok(matches({ text: 'a.b' }, 'xA.By'));
    assert.ok(!matches({ text: 'a.b' }, 'axb'));
    assert.ok(matches({ text: 'a.b', regex: true }, 'axb'));
    assert.ok(!matches({ text: 'A', matchCase: true }, 'a'));
    assert.ok(!matches({ text: 'a', invert: true }, 'a'));
    assert.ok(matches({ text: '' }, 'anything'));
  });

  it('tells where the text is, not where there is nothing to mark', () => {
    const places = (part: Partial<typeof noFilter>, text: string) => {
      const matcher = compile({ ...noFilter, ...part });
      assert.ok(!('problem' in matcher));
      return [...matcher.places(text)];
    };
    for (const regex of [false, true])
      assert.deepEqual(places({ text: 'é', regex }, '🙂É é'), [
        [2, 3],
        [4, 5],
      ]);
    assert.deepEqual(places({ text: 'x*', regex: true }, 'axx'), [[1, 3]]);
    assert.deepEqual(places({ text: 'a', invert: true }, 'a'), []);
  });

  it('runs an expression in a time that grows with the line alone', () => {
    const almost = `${'a'.repeat(8192)}!`;
    for (const text of ['(a+)+$', '(a|aa)+$', '(.*)*=(.*)*=$', '(?:a?){100}a{100}$', '(\\pL{100}){10}$'])
      assert.ok(!matches({ text, regex: true }, almost), text);
  });

  it('says what is wrong with an expression', () => {
    const matcher = compile({ ...noFilter, text: '(', regex: true });
    assert.ok('problem' in matcher);
    assert.match(matcher.problem, /Not a regular expression: missing closing \)/);
  });
});

describe('merging', () => {
  const line = (source: number, at: number) => ({ source, at, text: '' });

  it('orders by time, waiting a little for who is late', () => {
    const merger = new Merger();
    merger.add([line(0, 10), line(0, 30)], 0);
    merger.add([line(1, 20)], 200);
    assert.deepEqual(merger.take(250, false), []);
    assert.deepEqual(
      merger.take(300, false).map(({ at }) => at),
      [10, 20, 30],
    );
    assert.ok(merger.isEmpty);
  });

  it('does not wait where there is nobody to wait for', () => {
    const merger = new Merger();
    merger.add([line(0, 10)], 0);
    assert.equal(merger.take(0, true).length, 1);
  });
});

describe('going on after a break', () => {
  const at = (second: number, part = 0) => Date.parse('2026-11-21T09:00:00Z') + second * 1000 + part;

  it('asks from a second before the newest line, and takes no line twice', () => {
    const resume = new Resume();
    assert.equal(resume.sinceTime, undefined);
    for (const [raw, time] of [
      ['a', at(1)],
      ['b', at(2, 100)],
      ['b', at(2, 100)],
      ['c', at(3, 900)],
    ] as const)
      assert.ok(resume.isNew(raw, time));
    assert.equal(resume.sinceTime, '2026-11-21T09:00:02Z');
    resume.begin();
    const answered: (readonly [string, number])[] = [
      ['b', at(2, 100)],
      ['b', at(2, 100)],
      ['late', at(2, 950)],
      ['c', at(3, 900)],
      ['d', at(4)],
      ['c', at(3, 900)],
    ];
    assert.deepEqual(
      answered.filter(([raw, time]) => resume.isNew(raw, time)).map(([raw]) => raw),
      ['late', 'd', 'c'],
    );
  });

  it('keeps no more than two seconds of lines', () => {
    const resume = new Resume();
    for (let second = 0; second < 100; second++) resume.isNew(`line ${second}`, at(second));
    resume.begin();
    assert.ok(resume.isNew('line 10', at(10)), 'forgotten');
    assert.ok(!resume.isNew('line 98', at(98)), 'remembered');
  });
});

describe('going on after a break in a crowd', () => {
  it('remembers no more lines than are asked for again', () => {
    const resume = new Resume(3);
    const nine = Date.parse('2026-11-21T09:00:00Z');
    for (const [n, raw] of ['a', 'b', 'c', 'd', 'e'].entries()) resume.isNew(raw, nine + n * 250);
    resume.begin();
    assert.deepEqual(
      ['c', 'd', 'e', 'b'].filter((raw) => resume.isNew(raw, nine)),
      ['b'],
    );
  });
});

describe('lines as text', () => {
  it('name their source only where there are several', () => {
    const lines = [{ source: 1, at: Date.parse('2026-11-21T09:00:00Z'), text: 'x' }];
    assert.equal(asText(lines, { timestamps: true, labels: ['a'] }), '2026-11-21T09:00:00.000Z x\n');
    assert.equal(asText(lines, { timestamps: false, labels: ['a', 'b'] }), '[b] x\n');
  });
});
