import { invalidExpression, type Token, tokenize } from './lexer.ts';

export type BinaryOperator = '+' | '-' | '*' | '/' | '^' | '<' | '>' | '<=' | '>=' | '==' | '!=' | 'AND' | 'OR';

/** A metric-math expression. `name` is the id of another query, or a keyword such as REPEAT. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'array'; readonly items: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'negate'; readonly of: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    };

/** Operators from the loosest to the tightest; all of them group to the left. */
const levels: readonly Readonly<Record<string, BinaryOperator>>[] = [
  { '||': 'OR', OR: 'OR' },
  { '&&': 'AND', AND: 'AND' },
  { '<': '<', '>': '>', '<=': '<=', '>=': '>=', '==': '==', '!=': '!=' },
  { '+': '+', '-': '-' },
  { '*': '*', '/': '/' },
  { '^': '^' },
];
const maxDepth = 64;

/** @throws ApiError ValidationError, with what was found and what was expected */
export function parseExpression(text: string): Expression {
  return new Parser(tokenize(text)).parse();
}

class Parser {
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Expression {
    const expression = this.#level(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') throw invalidExpression(`"${rest.text}" was not expected`);
    return expression;
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: 'the end' };
  }

  #level(index: number): Expression {
    const operators = levels[index];
    if (!operators) return this.#unary();
    let left = this.#level(index + 1);
    for (;;) {
      const operator = this.#takeOperator(operators);
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: this.#level(index + 1) };
    }
  }

  #takeOperator(operators: Readonly<Record<string, BinaryOperator>>): BinaryOperator | undefined {
    const { kind, text } = this.#peek();
    const operator =
      (kind === 'operator' || kind === 'word') && Object.hasOwn(operators, text) ? operators[text] : undefined;
    if (operator) this.#next++;
    return operator;
  }

  #unary(): Expression {
    if (++this.#depth > maxDepth) throw invalidExpression('it is nested too deeply');
    const expression: Expression = this.#take('-') ? { kind: 'negate', of: this.#unary() } : this.#primary();
    this.#depth--;
    return expression;
  }

  #primary(): Expression {
    if (this.#take('(')) {
      const inner = this.#level(0);
      this.#expect(')');
      return inner;
    }
    if (this.#take('[')) return { kind: 'array', items: this.#items(']') };
    const token = this.#peek();
    this.#next++;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind === 'text') return { kind: 'text', value: token.text };
    if (token.kind !== 'word') throw invalidExpression(`"${token.text}" was not expected`);
    if (this.#take('(')) return { kind: 'call', name: token.text, args: this.#items(')') };
    return { kind: 'name', name: token.text };
  }

  #items(close: ')' | ']'): Expression[] {
    const items: Expression[] = [];
    if (this.#take(close)) return items;
    do items.push(this.#level(0));
    while (this.#take(','));
    this.#expect(close);
    return items;
  }

  #take(operator: string): boolean {
    const { kind, text } = this.#peek();
    const taken = kind === 'operator' && text === operator;
    if (taken) this.#next++;
    return taken;
  }

  #expect(operator: string): void {
    if (!this.#take(operator)) throw invalidExpression(`"${operator}" was expected, not "${this.#peek().text}"`);
  }
}
