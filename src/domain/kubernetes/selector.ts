import type { LabelSelector } from './model.ts';

/**
 * Does the selector choose an object with these labels? An empty selector chooses everything.
 * Source: meta/v1 LabelSelector: all requirements must hold; Gt and Lt, of selectors as text, compare whole numbers.
 */
export function matches(
  { matchLabels, matchExpressions }: LabelSelector,
  labels: Readonly<Record<string, string>>,
): boolean {
  return (
    Object.entries(matchLabels).every(([key, value]) => labelOf(labels, key) === value) &&
    matchExpressions.every((expression) => holds(expression, labels))
  );
}

/** `constructor` is a name that a label may have, and that every object of JavaScript has. */
function labelOf(labels: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}

/** NaN, which is neither greater nor less than anything, for what is none. */
function wholeNumber(text = ''): number {
  return /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
}

function holds(
  { key, operator, values }: LabelSelector['matchExpressions'][number],
  labels: Readonly<Record<string, string>>,
): boolean {
  const value = labelOf(labels, key);
  switch (operator) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return wholeNumber(value) > wholeNumber(values[0]);
    case 'Lt':
      return wholeNumber(value) < wholeNumber(values[0]);
    default:
      return false;
  }
}
