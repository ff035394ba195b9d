/**
 * A name from a server as one harmless line: control characters (newlines, terminal escapes) and the marks that turn the
 * reading direction become a visible replacement. Markdown and HTML are the business of whoever renders.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}

/** A text of several lines as harmless ones: none of those after the first can pass for a line of its own in a log. */
export function indented(text: string): string {
  return text
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => oneLine(line.replaceAll('\t', '  ')))
    .join('\n    ');
}

/** Without the half of a character that cutting a text has left. */
export function withoutHalves(text: string): string {
  return text.replace(/\p{Cs}/gu, '');
}
