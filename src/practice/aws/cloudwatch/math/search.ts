import { validationError } from '../errors.ts';
import type { MetricId } from '../shapes.ts';

/** A search expression: an optional schema `{Namespace,Dim,…}` that must fit exactly, and terms. */
export interface Search {
  readonly schema: { readonly namespace: string; readonly dimensions: ReadonlySet<string> } | undefined;
  readonly matches: (metric: MetricId) => boolean;
}

const schemaPattern = /^\s*\{([^}]*)\}/;
const termPattern = /\s*(?:([()])|(?:("(?:[^"\\]|\\.)*"|[^\s()="]+)\s*=\s*)?("(?:[^"\\]|\\.)*"|[^\s()="]+))/y;
const maxDepth = 50;

type Matcher = (metric: MetricId) => boolean;

/** Parses the first argument of SEARCH. @throws ApiError */
export function parseSearch(text: string): Search {
  const schema = schemaPattern.exec(text);
  const terms = text.slice(schema?.[0].length ?? 0);
  const [namespace = '', ...dimensions] = names(schema?.[1] ?? '');
  return {
    schema: schema ? { namespace, dimensions: new Set(dimensions) } : undefined,
    matches: new Terms(termTokens(terms)).parse(),
  };
}

/** The metrics that fit both the schema and the terms. */
export function searchMetrics(search: Search, metrics: readonly MetricId[]): readonly MetricId[] {
  const { schema, matches } = search;
  return metrics.filter((metric) => {
    const fits =
      !schema ||
      (metric.namespace === schema.namespace &&
        metric.dimensions.length === schema.dimensions.size &&
        metric.dimensions.every((dimension) => schema.dimensions.has(dimension.Name)));
    return fits && matches(metric);
  });
}

const unquoted = (text: string) => (text.startsWith('"') ? text.slice(1, -1).replace(/\\(.)/g, '$1') : text);
const names = (list: string) =>
  (list.match(/"[^"]*"|[^,]+/g) ?? []).map((name) => unquoted(name.trim())).filter((name) => name !== '');

interface TermToken {
  readonly text: string;
  readonly key?: string;
}

function termTokens(text: string): TermToken[] {
  const found: TermToken[] = [];
  const end = text.trimEnd().length;
  termPattern.lastIndex = 0;
  while (termPattern.lastIndex < end) {
    const match = termPattern.exec(text);
    if (!match) throw validationError('Error in expression: the search was not understood.');
    const [, bracket, key, term = ''] = match;
    found.push({ text: bracket ?? term, ...(key !== undefined && { key: unquoted(key) }) });
  }
  return found;
}

/** Terms side by side must all match; AND, OR and NOT are written in capitals. */
class Terms {
  readonly #tokens: readonly TermToken[];
  #next = 0;
  #depth = 0;

  constructor(found: readonly TermToken[]) {
    this.#tokens = found;
  }

  parse(): Matcher {
    const parts: Matcher[] = [];
    while (this.#next < this.#tokens.length) parts.push(this.#any());
    return (metric) => parts.every((part) => part(metric));
  }

  #any(): Matcher {
    const parts = [this.#all()];
    while (this.#take('OR')) parts.push(this.#all());
    return (metric) => parts.some((part) => part(metric));
  }

  #all(): Matcher {
    const parts = [this.#term()];
    while (this.#next < this.#tokens.length && !['OR', ')'].includes(this.#tokens[this.#next]?.text ?? '')) {
      this.#take('AND');
      parts.push(this.#term());
    }
    return (metric) => parts.every((part) => part(metric));
  }

  #term(): Matcher {
    if (++this.#depth > maxDepth) throw validationError('Error in expression: the search is nested too deeply.');
    const matcher = this.#plainTerm();
    this.#depth--;
    return matcher;
  }

  #plainTerm(): Matcher {
    if (this.#take('NOT')) {
      const inner = this.#term();
      return (metric) => !inner(metric);
    }
    if (this.#take('(')) {
      const inner = this.#any();
      if (!this.#take(')')) throw validationError('Error in expression: a bracket of the search is not closed.');
      return inner;
    }
    const token = this.#tokens[this.#next++];
    if (!token || token.text === ')') throw validationError('Error in expression: the search is not complete.');
    return termMatcher(token);
  }

  #take(text: string): boolean {
    const token = this.#tokens[this.#next];
    const taken = token?.text === text && token.key === undefined;
    if (taken) this.#next++;
    return taken;
  }
}

/** A term in quotes matches a whole value; one without matches words inside it, whatever their case. */
function termMatcher({ key, text }: TermToken): Matcher {
  const wanted = unquoted(text);
  const fits = text.startsWith('"') ? (value: string) => value === wanted : (value: string) => hasWords(value, wanted);
  return (metric) => valuesOf(metric, key).some(fits);
}

function valuesOf(metric: MetricId, key: string | undefined): readonly string[] {
  if (key === 'MetricName') return [metric.name];
  if (key === 'Namespace') return [metric.namespace];
  if (key !== undefined) return metric.dimensions.filter((d) => d.Name === key).map((d) => d.Value);
  return [metric.namespace, metric.name, ...metric.dimensions.flatMap((d) => [d.Name, d.Value])];
}

/** AWS cuts names at punctuation, digits and capitals: `CPUUtilization` has the words cpu, utilization. */
function words(text: string): string {
  const found = text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  return ` ${found.join(' ').toLowerCase()} `;
}

const hasWords = (value: string, wanted: string) =>
  value.toLowerCase() === wanted.toLowerCase() || (words(wanted).trim() !== '' && words(value).includes(words(wanted)));
