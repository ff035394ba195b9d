import { validationError } from '../errors.ts';
import type { StateValue } from '../shapes.ts';

/** The rule of a composite alarm. `alarm` is a name or an ARN. */
export type Rule =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'state'; readonly state: StateValue; readonly alarm: string }
  | { readonly kind: 'not'; readonly of: Rule }
  | { readonly kind: 'and' | 'or'; readonly left: Rule; readonly right: Rule };

const maxDepth = 100;
const maxElements = 500;
const token = /\s*(?:([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+))/y;

interface Token {
  readonly kind: 'word' | 'quoted' | '(' | ')';
  readonly text: string;
}

function tokens(text: string): Token[] {
  const found: Token[] = [];
  token.lastIndex = 0;
  const end = text.trimEnd().length;
  while (token.lastIndex < end) {
    const match = token.exec(text);
    if (!match) throw invalid('it has a quote that is not closed');
    const [, bracket, quoted, word] = match;
    if (bracket === '(' || bracket === ')') found.push({ kind: bracket, text: bracket });
    else if (quoted !== undefined) found.push({ kind: 'quoted', text: quoted.replace(/\\(.)/g, '$1') });
    else found.push({ kind: 'word', text: word ?? '' });
  }
  return found;
}

const invalid = (why: string) => validationError(`AlarmRule is not valid: ${why}.`);

/** Parses a rule such as `ALARM("a") AND NOT (OK(b) OR FALSE)`. AND binds tighter than OR. @throws ApiError */
export function parseRule(text: string): Rule {
  const parser = new Parser(tokens(text));
  return parser.parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;
  #elements = 0;

  constructor(found: readonly Token[]) {
    this.#tokens = found;
  }

  parse(): Rule {
    const rule = this.#chain('or');
    const rest = this.#tokens[this.#next];
    if (rest) throw invalid(`"${rest.text}" was not expected`);
    return rule;
  }

  #chain(kind: 'and' | 'or'): Rule {
    const part = () => (kind === 'or' ? this.#chain('and') : this.#factor());
    let left = part();
    while (this.#takeWord(kind.toUpperCase())) left = { kind, left, right: part() };
    return left;
  }

  #factor(): Rule {
    if (++this.#depth > maxDepth) throw invalid('it is nested too deeply');
    if (++this.#elements > maxElements) throw invalid(`it has more than ${maxElements} elements`);
    const rule = this.#element();
    this.#depth--;
    return rule;
  }

  #element(): Rule {
    if (this.#takeWord('NOT')) return { kind: 'not', of: this.#factor() };
    if (this.#takeWord('TRUE')) return { kind: 'constant', value: true };
    if (this.#takeWord('FALSE')) return { kind: 'constant', value: false };
    for (const state of ['ALARM', 'OK', 'INSUFFICIENT_DATA'] as const) {
      if (this.#takeWord(state)) return { kind: 'state', state, alarm: this.#alarm() };
    }
    this.#expect('(');
    const inner = this.#chain('or');
    this.#expect(')');
    return inner;
  }

  #alarm(): string {
    this.#expect('(');
    const name = this.#tokens[this.#next++];
    if (!name || name.kind === '(' || name.kind === ')') throw invalid('an alarm name or ARN is missing');
    this.#expect(')');
    return name.text;
  }

  #takeWord(word: string): boolean {
    const next = this.#tokens[this.#next];
    const taken = next?.kind === 'word' && next.text.toUpperCase() === word;
    if (taken) this.#next++;
    return taken;
  }

  #expect(kind: '(' | ')'): void {
    const next = this.#tokens[this.#next++];
    if (next?.kind !== kind) throw invalid(`"${kind}" was expected, not "${next?.text ?? 'the end'}"`);
  }
}

/** Whether the rule holds. `stateOf` answers undefined for an alarm that is gone, which is in no state. */
export function ruleHolds(rule: Rule, stateOf: (alarm: string) => StateValue | undefined): boolean {
  switch (rule.kind) {
    case 'constant':
      return rule.value;
    case 'state':
      return stateOf(rule.alarm) === rule.state;
    case 'not':
      return !ruleHolds(rule.of, stateOf);
    case 'and':
      return ruleHolds(rule.left, stateOf) && ruleHolds(rule.right, stateOf);
    case 'or':
      return ruleHolds(rule.left, stateOf) || ruleHolds(rule.right, stateOf);
  }
}

/** Names and ARNs that the rule mentions, each once. */
export function alarmsIn(rule: Rule): readonly string[] {
  const found = new Set<string>();
  const visit = (part: Rule): void => {
    if (part.kind === 'state') found.add(part.alarm);
    if (part.kind === 'not') visit(part.of);
    if (part.kind === 'and' || part.kind === 'or') [part.left, part.right].forEach(visit);
  };
  visit(rule);
  return [...found];
}
