import assert from 'node:assert/strict';
import { parseYaml } from '../../../src/clients/yaml.ts';

describe('YAML of somebody else', () => {
  it('is read with its anchors and merge keys', () => {
    assert.deepEqual(parseYaml('a: &a {x: 1, y: 1}\nb: {<<: *a, y: 2}'), { a: { x: 1, y: 1 }, b: { x: 1, y: 2 } });
    assert.equal(parseYaml(''), null);
  });

  it('is refused in one line that says where', () => {
    assert.throws(() => parseYaml('a: 1\nb: [1, 2'), { message: /^[^\n]+ \(line 2, column \d+\)$/ });
  });

  const letters = ['b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const bomb = letters
    .map((name, index) => `${name}: &${name} [${`*${letters[index - 1] ?? 'a'},`.repeat(9)}]\n`)
    .join('');
  for (const [what, text] of [
    ['a list that holds itself', '&a [*a]'],
    ['a bomb of aliases', `a: &a [x]\n${bomb}`],
    ['more than anybody writes', ' '.repeat(9_000_000)],
    ['nested deeper than any stack', '['.repeat(10_000)],
  ] as const)
    it(`is refused: ${what}`, () => assert.throws(() => parseYaml(text)));

  it('takes no time that grows with the square of its size', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `k${index}: a\n`).join('');
    const before = process.cpuUsage();
    assert.equal(Object.keys(parseYaml(many) as object).length, 20_000);
    assert.ok(process.cpuUsage(before).user < 1_500_000);
  });
});
