import { validationError } from '../errors.ts';

export type TokenKind = 'number' | 'word' | 'text' | 'operator' | 'end';
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
}

const pattern =
  /\s*(?:(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+)|(?<word>[A-Za-z_]\w*)|'(?<single>(?:[^'\\]|\\.)*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<operator>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/y;

export const invalidExpression = (why: string) => validationError(`Error in expression: ${why}.`);

/** Cuts an expression into tokens; the last one is always `end`. @throws ApiError */
export function tokenize(expression: string): Token[] {
  const text = expression.trimEnd();
  const tokens: Token[] = [];
  pattern.lastIndex = 0;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const groups = pattern.exec(text)?.groups;
    if (!groups) throw invalidExpression(`"${text.slice(at, at + 20).trim()}" was not understood`);
    tokens.push(tokenOf(groups));
  }
  return [...tokens, { kind: 'end', text: 'the end' }];
}

function tokenOf(groups: Readonly<Record<string, string | undefined>>): Token {
  const quoted = groups['single'] ?? groups['double'];
  if (quoted !== undefined) return { kind: 'text', text: quoted.replace(/\\(.)/g, '$1') };
  if (groups['number'] !== undefined) return { kind: 'number', text: groups['number'] };
  if (groups['word'] !== undefined) return { kind: 'word', text: groups['word'] };
  return { kind: 'operator', text: groups['operator'] ?? '' };
}
