/**
 * npm run bench [-- NAME… --json --record]: measures, prints a table (or JSON), writes out/bench.json and, with `--record`,
 * test/bench/RESULTS.md; exit code 1 when something is over its limit.
 */
import { globSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Benchmark, Measurement } from '../bench/benchmark.ts';
import { root, step } from '../support/process.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean' }, record: { type: 'boolean' } },
});
const folder = path.join(root, 'test/bench');
const results: (Measurement & { ratio?: number; kept: boolean })[] = [];

for (const file of globSync('*.bench.ts', { cwd: folder }).sort()) {
  const name = path.basename(file, '.bench.ts');
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  const { benchmark } = (await import(path.join(folder, file))) as { benchmark: Benchmark };
  results.push(...(await step(`Measuring ${name}`, () => benchmark.run())).map(judge));
}
const machine = { cpu: os.cpus()[0]?.model, cores: os.cpus().length, node: process.version };
const json = JSON.stringify({ machine, results }, undefined, 2);
await mkdir(path.join(root, 'out'), { recursive: true });
await writeFile(path.join(root, 'out/bench.json'), json);
process.stdout.write(values.json ? `${json}\n` : `${table()}\n`);
if (values.record) await writeFile(path.join(folder, 'RESULTS.md'), record());
process.exitCode = results.every(({ kept }) => kept) ? 0 : 1;

function judge(measurement: Measurement) {
  const { value, floor, limit = Infinity, ratioLimit = Infinity } = measurement;
  if (!floor) return { ...measurement, kept: value <= limit };
  const ratio = value / floor.value;
  return { ...measurement, ratio, kept: value <= limit && ratio <= ratioLimit };
}

function record(): string {
  const { cpu = 'unknown processor', cores, node } = machine;
  return `Measured by \`npm run bench\` on ${cores} cores (${cpu.trim()}), Node ${node}. The floor is the same thing done by the barest means in the same run, so that the ratio says more than the time.\n\n${table()}\n`;
}

function table(): string {
  const rows = results.map(({ what, value, unit, floor, ratio, limit, ratioLimit, kept }) => [
    what,
    amount(value, unit),
    floor ? `${amount(floor.value, unit)}: ${floor.what}` : '',
    ratio === undefined ? '' : `${ratio.toFixed(2)}×`,
    [limit === undefined ? [] : `≤ ${amount(limit, unit)}`, ratioLimit === undefined ? [] : `≤ ${ratioLimit}×`]
      .flat()
      .join(', '),
    kept ? 'yes' : 'NO',
  ]);
  const all = [['What', 'Measured', 'Floor', 'Ratio', 'Limit', 'Kept'], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  const line = (cells: string[]) => `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = all;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n');
}

function amount(value: number, unit: Measurement['unit']): string {
  const digits = Number.isInteger(value) || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${unit}`;
}
