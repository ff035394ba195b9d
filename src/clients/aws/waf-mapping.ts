import type {
  CustomResponse,
  CustomResponseBody,
  DefaultAction,
  RateBasedStatement,
  Rule,
  Statement,
  WebACL,
} from '@aws-sdk/client-wafv2';
import type { BlockedAnswer, RuleMatch, WebAcl, WebAclAction, WebAclRule } from '../../domain/waf/model.ts';

type Pages = Readonly<Record<string, CustomResponseBody>>;

/** A WebACL of WAFv2's API as Jarvis knows it. */
export function webAclOf({
  ARN = '',
  Name = '',
  DefaultAction,
  Rules = [],
  CustomResponseBodies = {},
}: WebACL): WebAcl {
  const byPriority = [...Rules].sort((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0));
  return {
    arn: ARN,
    name: Name,
    defaultAction: actionOf(DefaultAction, CustomResponseBodies),
    rules: byPriority.map(ruleOf),
  };
}

function actionOf(action: DefaultAction | undefined, pages: Pages): WebAclAction {
  if (!action?.Block) return { kind: 'allow' };
  return { kind: 'block', ...blockedAnswer(action.Block.CustomResponse, pages) };
}

/** Source: WAF developer guide, "Customized web responses": 403 unless a response is given. */
function blockedAnswer(response: CustomResponse | undefined, pages: Pages): BlockedAnswer {
  const location = response?.ResponseHeaders?.find(({ Name }) => Name?.toLowerCase() === 'location')?.Value;
  const page = pages[response?.CustomResponseBodyKey ?? ''];
  return {
    status: response?.ResponseCode ?? 403,
    ...(location !== undefined && { location }),
    ...(page && { page: { contentType: contentTypes[page.ContentType ?? 'TEXT_PLAIN'], body: page.Content ?? '' } }),
  };
}

const contentTypes = {
  TEXT_PLAIN: 'text/plain',
  TEXT_HTML: 'text/html',
  APPLICATION_JSON: 'application/json',
} as const;

function ruleOf({ Name = '', Action, Statement = {} }: Rule): WebAclRule {
  const [verb] = Object.keys(Action ?? {});
  const action = actions.find((known) => known === verb?.toLowerCase()) ?? 'group';
  return { name: Name, action, match: matchOf(Statement) };
}

const actions = ['allow', 'block', 'count', 'captcha', 'challenge'] as const;

function matchOf(statement: Statement): RuleMatch {
  const { IPSetReferenceStatement, RuleGroupReferenceStatement, ManagedRuleGroupStatement } = statement;
  if (IPSetReferenceStatement) return { kind: 'ipSet', name: nameIn(IPSetReferenceStatement.ARN) };
  if (RuleGroupReferenceStatement) return { kind: 'ruleGroup', name: nameIn(RuleGroupReferenceStatement.ARN) };
  if (ManagedRuleGroupStatement) return { kind: 'managedGroup', name: ManagedRuleGroupStatement.Name ?? '' };
  if (statement.RateBasedStatement) return rateOf(statement.RateBasedStatement);
  if (statement.GeoMatchStatement) return { kind: 'countries', codes: statement.GeoMatchStatement.CountryCodes ?? [] };
  return { kind: 'other', name: Object.keys(statement)[0] ?? '' };
}

function rateOf({ Limit = 0, EvaluationWindowSec = 300 }: RateBasedStatement): RuleMatch {
  return { kind: 'rate', limit: Limit, windowSeconds: EvaluationWindowSec };
}

/** `…:regional/ipset/NAME/ID` */
function nameIn(arn = ''): string {
  return arn.split('/')[2] ?? arn;
}
