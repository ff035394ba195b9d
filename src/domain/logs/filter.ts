import { RE2JS, RE2JSException } from 're2js';
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

/** A filter made ready. */
export interface Matcher {
  matches(text: string): boolean;
  /** Where in the text it is, from the left; nowhere where there is nothing to mark. */
  places(text: string): Iterable<readonly [from: number, to: number]>;
}

export const everything: Matcher = { matches: () => true, places: () => [] };

/** @returns what is wrong with the expression, in a sentence, where something is. */
export function compile(filter: LogFilter): Matcher | { readonly problem: string } {
  if (filter.text === '') return everything;
  try {
    const found = filter.regex ? expression(filter) : words(filter);
    return filter.invert ? { matches: (text) => !found.matches(text), places: () => [] } : found;
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    return { problem: t('Not a regular expression: {0}', reason(error)) };
  }
}

function words({ text, matchCase }: LogFilter): Matcher {
  const escaped = text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  const pattern = new RegExp(escaped, matchCase ? 'gu' : 'giu');
  return {
    matches: (line) => line.search(pattern) >= 0,
    *places(line) {
      for (const { 0: found, index } of line.matchAll(pattern)) yield [index, index + found.length];
    },
  };
}

/**
 * An expression that anybody types is run by RE2's rules, in a time that grows with the line alone: JavaScript's own
 * engine needs longer than anybody lives for "(a+)+$" and a line that almost has it.
 */
function expression({ text, matchCase }: LogFilter): Matcher {
  const compiled = RE2JS.compile(text, matchCase ? 0 : RE2JS.CASE_INSENSITIVE);
  return {
    matches: (line) => compiled.test(line),
    *places(line) {
      const matcher = compiled.matcher(line);
      while (matcher.find()) if (matcher.end() > matcher.start()) yield [matcher.start(), matcher.end()];
    },
  };
}

/** "error parsing regexp: missing closing ): `(?i)(`" without what the person knows and what was added. */
function reason({ message }: RE2JSException): string {
  return message.replace(/^error parsing regexp: /, '').replace('`(?i)', '`');
}
