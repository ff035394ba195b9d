/** As much of a name as a notice or a label can carry: Kubernetes allows 253 characters, CloudWatch 255. */
const longest = 120;
/** Parts markup without being seen. */
const invisible = '\u200B';

/** A name from a server inside a notice. */
export function inNotice(name: string): string {
  return withoutLinks(short(name));
}

/** A text with names from servers in it, for a notice: VS Code would make links, and run commands, of `[text](target)`. */
export function withoutLinks(text: string): string {
  return text.replaceAll('](', `]${invisible}(`);
}

/** A name from a server as a label of a quick pick or the status bar: VS Code would draw `$(icon)`. */
export function inLabel(name: string): string {
  return short(name).replaceAll('$(', `$${invisible}(`);
}

function short(name: string): string {
  const line = name.replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
