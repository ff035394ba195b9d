/**
 * A name from a server as one harmless line: control characters (newlines, terminal escapes) and the marks that turn the
 * reading direction become a visible replacement. Markdown and HTML are the business of whoever renders.
 */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, '\uFFFD');
}
