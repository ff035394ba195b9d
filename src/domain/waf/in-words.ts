import { t } from '../../core/l10n.ts';
import { oneLine, withoutHalves } from '../../core/text.ts';
import type { RuleMatch, WebAcl, WebAclAction, WebAclRule } from './model.ts';
import type { Answer } from './prober.ts';
import type { AclSource } from './sources.ts';

/** "blocks by default with 503; 2 rules: office allows IP set office, …". */
export function webAclInWords({ defaultAction, rules }: Pick<WebAcl, 'defaultAction' | 'rules'>): string {
  const action = actionInWords(defaultAction);
  if (rules.length === 0) return t('{0}; no rules', action);
  return t('{0}; rules: {1}', action, rules.map(ruleInWords).join(', '));
}

function actionInWords(action: WebAclAction): string {
  if (action.kind === 'allow') return t('allows by default');
  if (action.location !== undefined) return t('redirects by default ({0}) to {1}', action.status, action.location);
  return t('blocks by default with {0}', action.status);
}

function ruleInWords({ name, action, match }: WebAclRule): string {
  const what = matchInWords(match);
  switch (action) {
    case 'allow':
      return t('{0} allows {1}', name, what);
    case 'block':
      return t('{0} blocks {1}', name, what);
    case 'count':
      return t('{0} counts {1}', name, what);
    case 'captcha':
    case 'challenge':
      return t('{0} challenges {1}', name, what);
    case 'group':
      return t('{0} applies {1}', name, what);
  }
}

function matchInWords(match: RuleMatch): string {
  switch (match.kind) {
    case 'ipSet':
      return t('the IP set {0}', match.name);
    case 'ruleGroup':
      return t('the rule group {0}', match.name);
    case 'managedGroup':
      return t('the managed rule group {0}', match.name);
    case 'rate':
      return t('more than {0} requests in {1} min', match.limit, match.windowSeconds / 60);
    case 'countries':
      return t('the countries {0}', match.codes.join(' '));
    case 'other':
      return match.name;
  }
}

/** "the annotation …/wafv2-acl-arn: arn:aws:…" */
export function sourceInWords(source: AclSource): string {
  if (source.kind === 'annotation') {
    const annotation = t('the annotation {0}: {1}', source.key, oneLine(source.value));
    return source.of === undefined ? annotation : t('{0} of the ingress {1}', annotation, source.of);
  }
  return t('{0} of the IngressClassParams {1}: {2}', source.field, source.name, oneLine(source.value));
}

/** "200 after 34 ms", "302 after 8 ms, to https://…". */
export function answerInWords({ status, ms, location }: Answer): string {
  return location === undefined
    ? t('{0} after {1} ms', status, ms)
    : t('{0} after {1} ms, to {2}', status, ms, oneLine(location));
}

const longestExcerpt = 120;

/** The first words that a person reads on a page: its text without markup, on one line. */
export function excerptOf(body: string): string {
  const text = body
    .slice(0, 8_000)
    .replace(/<(script|style|head|title)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const plain = oneLine(text);
  return plain.length > longestExcerpt ? `${withoutHalves(plain.slice(0, longestExcerpt))}…` : plain;
}
