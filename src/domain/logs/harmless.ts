const escape = String.fromCharCode(0x1b);
const bell = String.fromCharCode(0x07);
const csi = String.fromCharCode(0x9b);

/**
 * What terminals obey: control sequences (colours, cursor), operating system commands and other strings (titles, links,
 * clipboard), and the short escapes. Source: ECMA-48, sections 5.3 to 5.6 and 8.3.89.
 */
const sequences = new RegExp(
  [
    `(?:${escape}\\[|${csi})[0-?]*[ -/]*[@-~]`,
    `${escape}[\\]PX^_][^${escape}${bell}]*(?:${bell}|${escape}\\\\)`,
    `${escape}[ -/]*[0-~]`,
  ].join('|'),
  'g',
);
/** Controls except the tab, line separators, and the marks that turn the reading direction. */
const unseen = /[^\P{Cc}\t]|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu;
const suspicious = /[^\P{Cc}\t]|[\u2028-\u202E\u2066-\u2069]/u;

/** A line of a log without terminal sequences; every other control character is told by a visible sign. */
export function harmless(line: string): string {
  const text = line.endsWith('\r') ? line.slice(0, -1) : line;
  if (!suspicious.test(text)) return text;
  return text.replace(sequences, '').replace(unseen, picture);
}

/** The "control pictures" of Unicode: ␀ for NUL, ␡ for DEL. */
function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\uFFFD';
}
