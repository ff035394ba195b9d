import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

/** The contexts that `run-name`, `concurrency` and `if` may read. */
export type Contexts = Readonly<Record<'github' | 'inputs' | 'vars' | 'needs', unknown>>;

/** Fills every `${{ … }}` of a text, with GitHub's own evaluator. @throws Error on an invalid expression. */
export function interpolate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => evaluate(expression, contexts).coerceString());
}

/** What the needed jobs came to, for `success()`, `failure()` and `cancelled()`. */
export type Outcome = 'success' | 'failure' | 'cancelled';

const statusFunctions = ['success', 'failure', 'cancelled', 'always'] as const;

/**
 * A job's `if`. Without a status function it means `success() && (…)`.
 * Source: "Status check functions" of GitHub's expression reference.
 */
export function condition(text: string | undefined, contexts: Contexts, outcome: Outcome): boolean {
  const expression = (text ?? 'success()').trim().replace(/^\$\{\{([\s\S]*)\}\}$/, '$1');
  const asks = new RegExp(`\\b(${statusFunctions.join('|')})\\s*\\(`).test(expression);
  if (!asks && outcome !== 'success') return false;
  return truthy(evaluate(expression, contexts, outcome));
}

function evaluate(expression: string, contexts: Contexts, outcome: Outcome = 'success') {
  const functions = statusFunctions.map((name) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(name === 'always' || name === outcome),
  }));
  const parsed = new Parser(new Lexer(expression).lex().tokens, Object.keys(contexts), functions).parse();
  const context = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(parsed, context, new Map(functions.map((each) => [each.name, each]))).evaluate();
}

function truthy(value: data.ExpressionData): boolean {
  const text = value.coerceString();
  return !value.primitive || !['', 'false', '0', 'null', 'NaN'].includes(text);
}
