import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { LabelSelector } from './model.ts';

type Requirement = LabelSelector['matchExpressions'][number];

/**
 * A label selector as kubectl takes it after `-l`: `app=web,tier!=db,env in (prod, stage),!legacy`. An empty text chooses
 * everything. Source: k8s.io/apimachinery pkg/labels/selector.go, the grammar above `Parse`.
 * @throws JarvisError kube.selector
 */
export function parseSelector(text: string): LabelSelector {
  const rest = new Reader(text);
  const matchExpressions: Requirement[] = [];
  while (!rest.isAtEnd) {
    if (matchExpressions.length > 0) rest.expect(',');
    matchExpressions.push(requirement(rest));
  }
  return { matchLabels: {}, matchExpressions };
}

function requirement(rest: Reader): Requirement {
  if (rest.take('!')) return { key: rest.key(), operator: 'DoesNotExist', values: [] };
  const key = rest.key();
  if (rest.take('==') || rest.take('=')) return { key, operator: 'In', values: [rest.value()] };
  if (rest.take('!=')) return { key, operator: 'NotIn', values: [rest.value()] };
  if (rest.take('>')) return { key, operator: 'Gt', values: [rest.number()] };
  if (rest.take('<')) return { key, operator: 'Lt', values: [rest.number()] };
  if (rest.take('notin')) return { key, operator: 'NotIn', values: rest.set() };
  if (rest.take('in')) return { key, operator: 'In', values: rest.set() };
  return { key, operator: 'Exists', values: [] };
}

const space = /\s*/y;
/** A label key with its optional DNS prefix, and a value; lengths are the server's business. */
const keyShape = /(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\/)?[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?/y;
const valueShape = /(?:[A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)?/y;

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#match(space);
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#text.length;
  }

  take(token: string): boolean {
    if (!this.#text.startsWith(token, this.#at)) return false;
    this.#at += token.length;
    this.#match(space);
    return true;
  }

  expect(token: string): void {
    if (!this.take(token)) throw this.#wrong(t('"{0}" was expected', token));
  }

  key(): string {
    const key = this.#match(keyShape);
    if (!key) throw this.#wrong(t('a label was expected'));
    return key;
  }

  value(): string {
    return this.#match(valueShape) ?? '';
  }

  number(): string {
    const value = this.value();
    if (!/^\d+$/.test(value)) throw this.#wrong(t('a whole number was expected'));
    return value;
  }

  set(): readonly string[] {
    this.expect('(');
    const values = [this.value()];
    while (this.take(',')) values.push(this.value());
    this.expect(')');
    return values;
  }

  #match(shape: RegExp): string | undefined {
    shape.lastIndex = this.#at;
    const found = shape.exec(this.#text)?.[0];
    if (found === undefined) return undefined;
    this.#at += found.length;
    if (shape !== space) this.#match(space);
    return found;
  }

  #wrong(what: string): JarvisError {
    const { length } = this.#text;
    const where = this.#at < length ? t('at "{0}"', this.#text.slice(this.#at)) : t('at the end');
    return new JarvisError({ code: 'kube.selector', message: t('The label selector is wrong: {0} {1}.', what, where) });
  }
}
