import { t } from '../../core/l10n.ts';

/** What is looked for in lines. */
export interface LogFilter {
  readonly text: string;
  readonly regex: boolean;
  readonly matchCase: boolean;
  /** The lines that do not have it. */
  readonly invert: boolean;
}

export const noFilter: LogFilter = { text: '', regex: false, matchCase: false, invert: false };

/** A filter made ready. `pattern` (global) finds the places to mark; undefined where there is nothing to mark. */
export interface Matcher {
  readonly pattern: RegExp | undefined;
  matches(text: string): boolean;
}

/** @returns what is wrong with the expression, in a sentence, where something is. */
export function compile(filter: LogFilter): Matcher | { readonly problem: string } {
  if (filter.text === '') return { pattern: undefined, matches: () => true };
  try {
    const source = filter.regex ? filter.text : filter.text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const flags = filter.matchCase ? 'u' : 'iu';
    const test = new RegExp(source, flags);
    return {
      pattern: filter.invert ? undefined : new RegExp(source, `g${flags}`),
      matches: (text) => test.test(text) !== filter.invert,
    };
  } catch (error) {
    return { problem: t('Not a regular expression: {0}', reason(error)) };
  }
}

/** "Invalid regular expression: /(/u: Unterminated group" without what the person knows. */
function reason(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.slice(message.lastIndexOf(': ') + 1).trim();
}
