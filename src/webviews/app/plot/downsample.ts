/** Points of one line, times ascending (ms); `null` is a gap. */
export interface Points {
  readonly times: readonly number[];
  readonly values: readonly (number | null)[];
}

/**
 * What has to be drawn of a line between `from` and `to` on `columns` pixels: every point while they are few; else of
 * each pixel column its first, lowest, highest and last point and one point of any gap. So no peak and no gap is lost,
 * and the work of drawing depends on the pixels, not on the data. The neighbours outside are kept: lines reach the edges.
 */
export function downsample(points: Points, from: number, to: number, columns: number): Points {
  const start = Math.max(0, lowerBound(points.times, from) - 1);
  const end = Math.min(points.times.length, lowerBound(points.times, to) + 1);
  if (end - start <= columns * 4) return pick(points, range(start, end));
  const kept: number[] = [];
  const width = (to - from) / columns;
  const columnOf = (index: number) => Math.floor(((points.times[index] ?? 0) - from) / width);
  for (let first = start; first < end;) {
    let next = first + 1;
    while (next < end && columnOf(next) === columnOf(first)) next++;
    kept.push(...landmarks(points.values, first, next));
    first = next;
  }
  return pick(points, kept);
}

/** First, lowest, highest, last and first missing of the values in [first, next), as ascending indices. */
function landmarks(values: Points['values'], first: number, next: number): number[] {
  const marks = new Set([first, next - 1]);
  let [low, high, gap] = [-1, -1, -1];
  let [lowest, highest] = [Infinity, -Infinity];
  for (let index = first; index < next; index++) {
    const value = values[index] ?? null;
    if (value === null) {
      if (gap < 0) gap = index;
      continue;
    }
    if (value < lowest) [low, lowest] = [index, value];
    if (value > highest) [high, highest] = [index, value];
  }
  for (const index of [low, high, gap]) if (index >= 0) marks.add(index);
  return [...marks].sort((a, b) => a - b);
}

/** The first index whose time is at or after `at`. */
export function lowerBound(times: readonly number[], at: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? Infinity) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, offset) => start + offset);
}

function pick(points: Points, indices: readonly number[]): Points {
  return {
    times: indices.map((index) => points.times[index] ?? 0),
    values: indices.map((index) => points.values[index] ?? null),
  };
}
