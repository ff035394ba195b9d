import { t } from '../../../core/l10n.ts';
import { oneLine } from '../../../core/text.ts';
import type { LoadBalancer, WebAcl, WebAclAction } from '../../waf/model.ts';
import { annotationPath, type Written } from './annotation.ts';
import type { Checks, Expectation } from '../expectation.ts';
import type { Probe } from './observe.ts';

const minutes = 60_000;

export interface Switch {
  readonly written: Written;
  readonly loadBalancer: LoadBalancer;
  readonly before: WebAcl | undefined;
  readonly next: WebAcl | undefined;
  readonly probes: readonly Probe[];
}

/**
 * The annotation must change; then the controller puts the ACL before the load balancer, and WAF brings it to all of its
 * places, which takes "a few seconds to a number of minutes" (WAF developer guide, "Propagation"). Entrances that did not
 * answer before would prove nothing.
 */
export function expectationsOf({ written, loadBalancer, before, next, probes }: Switch): readonly Expectation[] {
  const { key, after } = written;
  const name = oneLine(next?.name ?? t('no Web ACL'));
  return [
    {
      id: 'annotation',
      role: 'change',
      label: t('the ingress names {0}', name),
      withinMs: 0.5 * minutes,
      check: { kind: 'field', path: annotationPath(key), equals: after },
    },
    {
      id: 'webAcl',
      role: 'recovery',
      label: t('{0} stands before the load balancer', name),
      withinMs: 3 * minutes,
      check: { kind: 'webAcl', loadBalancer, arn: next?.arn ?? null },
    },
    ...probes
      .filter(({ answer }) => answer)
      .map((probe) => entrance(probe, before?.defaultAction, next?.defaultAction)),
  ];
}

function entrance({ entrance }: Probe, before: WebAclAction | undefined, next: WebAclAction | undefined): Expectation {
  const { host } = new URL(entrance.url);
  const blocked = next?.kind === 'block' ? next : before;
  const check: Checks['entrance'] = {
    entrance,
    is: next?.kind === 'block' ? 'blocked' : 'open',
    blocked: blockedAnswer(blocked),
  };
  return {
    id: `entrance ${entrance.url}`,
    role: 'recovery',
    label: check.is === 'blocked' ? blockedInWords(host, check.blocked) : t('{0} is open to visitors', host),
    withinMs: 5 * minutes,
    check: { kind: 'entrance', ...check },
  };
}

function blockedAnswer(action: WebAclAction | undefined): Checks['entrance']['blocked'] {
  if (action?.kind !== 'block') return { status: 403 };
  const { status, location } = action;
  return { status, ...(location !== undefined && { location }) };
}

function blockedInWords(host: string, { status, location }: Checks['entrance']['blocked']): string {
  return location === undefined
    ? t('{0} answers {1}', host, status)
    : t('{0} redirects to {1}', host, oneLine(location));
}
