import { callFunction, type Span } from './functions.ts';
import { invalidExpression } from './lexer.ts';
import type { BinaryOperator, Expression } from './parser.ts';
import { combine, isSeries, scalar, seriesIn, type TimeSeries, type Value } from './values.ts';

/** What an expression can reach outside itself. */
export interface Scope {
  readonly span: Span;
  /** The value of another query. @throws ApiError when it does not exist or refers to itself */
  lookup(id: string): Value;
  /** The metrics of the request, all or those whose id contains the text. */
  metrics(containing?: string): readonly TimeSeries[];
  search(expression: string, statistic: string, period: number | undefined): readonly TimeSeries[];
}

const truth = (value: boolean) => (value ? 1 : 0);
const operators: Readonly<Record<BinaryOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '<': (a, b) => truth(a < b),
  '>': (a, b) => truth(a > b),
  '<=': (a, b) => truth(a <= b),
  '>=': (a, b) => truth(a >= b),
  '==': (a, b) => truth(a === b),
  '!=': (a, b) => truth(a !== b),
  AND: (a, b) => truth(a !== 0 && b !== 0),
  OR: (a, b) => truth(a !== 0 || b !== 0),
};
const keywords = new Set(['REPEAT', 'LINEAR']);

/** @throws ApiError ValidationError when types do not fit or a name is unknown */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.value;
    case 'name':
      return keywords.has(expression.name) ? expression.name : scope.lookup(expression.name);
    case 'array':
      return expression.items.flatMap((item) => seriesIn(evaluate(item, scope)));
    case 'negate':
      return combine(0, evaluate(expression.of, scope), (zero, value) => zero - value);
    case 'binary':
      return combine(
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
        operators[expression.operator],
      );
    case 'call':
      return call(expression.name, expression.args, scope);
  }
}

function call(name: string, args: readonly Expression[], scope: Scope): Value {
  const values = args.map((arg) => evaluate(arg, scope));
  if (name === 'METRICS') return scope.metrics(values[0] === undefined ? undefined : text(values[0]));
  if (name !== 'SEARCH') return callFunction(name, values, scope.span);
  const [expression, statistic, period] = values;
  if (expression === undefined || statistic === undefined)
    throw invalidExpression('SEARCH takes two or three arguments');
  return scope.search(text(expression), text(statistic), period === undefined ? undefined : scalar(period));
}

function text(value: Value): string {
  if (typeof value === 'string') return value;
  throw invalidExpression('a text in quotes was expected');
}

/** The series that a query with this value answers with. @throws ApiError when it is a plain number */
export function resultSeries(value: Value): readonly TimeSeries[] {
  if (isSeries(value) || Array.isArray(value)) return seriesIn(value);
  throw invalidExpression('the result must be a time series');
}
