import { oneLine, withoutHalves } from '../core/text.ts';

/** As much of a name as a notice or a label can carry: Kubernetes allows 253 characters, CloudWatch 255. */
const longest = 120;
/** Names that differ often do so at their end. */
const tail = 40;
/** Parts markup without being seen. */
const invisible = '\u200B';

/** A name from a server inside a notice. */
export function inNotice(name: string): string {
  return withoutLinks(short(name));
}

/**
 * A text with names from servers in it, for a notice: VS Code would make links, and run commands, of `[text](target)`.
 * Source: `parseLinkedText` of VS Code, which its notices and input boxes share.
 */
export function withoutLinks(text: string): string {
  return oneLine(text.replace(/\s+/g, ' ')).replaceAll('](', `]${invisible}(`);
}

/** A name from a server as a label of a quick pick. */
export function inLabel(name: string): string {
  return inPrompt(short(name));
}

/** A text of a quick pick or an input box: VS Code would draw `$(icon)`, and make links in the latter. */
export function inPrompt(text: string): string {
  return withoutLinks(withoutIcons(text));
}

function withoutIcons(text: string): string {
  return text.replaceAll('$(', `$${invisible}(`);
}

/** What a quick pick shows of a choice. All of it is data, also the label. */
export interface ChoiceText {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  /** A codicon before the label: the only way to one. */
  readonly icon?: string;
}

/** The choice with every text disarmed. */
export function disarmed<C extends ChoiceText>(choice: C): C {
  const { label, description, detail, icon } = choice;
  return {
    ...choice,
    label: icon === undefined ? inLabel(label) : `$(${icon}) ${inLabel(label)}`,
    ...(description !== undefined && { description: inPrompt(description) }),
    ...(detail !== undefined && { detail: inPrompt(detail) }),
  };
}

function short(name: string): string {
  const line = oneLine(name.replace(/\s+/g, ' '));
  if (line.length <= longest) return line;
  return withoutHalves(`${line.slice(0, longest - tail - 1)}…${line.slice(-tail)}`);
}
