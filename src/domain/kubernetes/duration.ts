const units: Readonly<Record<string, number>> = {
  ns: 1e-9,
  us: 1e-6,
  '\u00b5s': 1e-6,
  '\u03bcs': 1e-6,
  ms: 1e-3,
  s: 1,
  m: 60,
  h: 3600,
};
const part = /(\d+(?:\.\d*)?|\.\d+)([num\u00b5\u03bc]s|[smh])/y;
/** Go counts in 64 bits of nanoseconds. */
const longest = 2 ** 63 / 1e9;

/** Seconds of a duration as Go writes it (`1m30.5s`, `250us`); undefined when it is none. Source: time.ParseDuration. */
export function parseDuration(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/, '');
  if (unsigned === '0') return 0;
  let seconds = 0;
  let at = 0;
  while (at < unsigned.length || at === 0) {
    part.lastIndex = at;
    const [whole, amount, unit = ''] = part.exec(unsigned) ?? [];
    if (whole === undefined) return undefined;
    seconds += Number(amount) * (units[unit] ?? NaN);
    at += whole.length;
  }
  if (seconds > longest) return undefined;
  return text.startsWith('-') ? -seconds : seconds;
}
