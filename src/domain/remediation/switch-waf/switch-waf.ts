import { t } from '../../../core/l10n.ts';
import { oneLine } from '../../../core/text.ts';
import { ownersOf } from '../../kubernetes/owners.ts';
import { ownerOf } from '../../waf/arn.ts';
import type { WebAcl, WebAclRef } from '../../waf/model.ts';
import { noWebAcl } from '../../waf/sources.ts';
import { asItWas, diffOf, pin } from '../drafting.ts';
import type { Inverse, Plan } from '../plan.ts';
import type { Draft, PlanContext, Remediation } from '../remediation.ts';
import type { PlanRequest } from '../runs.ts';
import { annotationFor, annotationPath, patchOf, type Written } from './annotation.ts';
import { effectsOf } from './effects.ts';
import { expectationsOf } from './expectations.ts';
import { wantedOf } from './inputs.ts';
import { entrancesOfAll } from './group.ts';
import { aclBefore, existing, probe, situationOf } from './observe.ts';
import { documentsOf, pageBehind } from './page.ts';

/** Puts another Web ACL before an ingress, or none. Inputs: `webAcl` (an ARN, or `none`), `minutes` until the way back. */
export const switchWaf: Remediation = { draft, recheck };

async function draft(request: PlanRequest, context: PlanContext, signal: AbortSignal): Promise<Draft> {
  const { waf, inspector } = context;
  const { arn, backAfterMs } = wantedOf(request.inputs);
  const object = await inspector.read(request.pointer, signal);
  const target = pin(request, object);
  const situation = await situationOf(context, object, signal);
  const entrances = entrancesOfAll(object, situation.group);
  const { loadBalancer } = situation;
  const before = aclBefore(situation);
  const [probes, next, previous] = await Promise.all([
    probe(context, entrances, signal),
    arn === undefined ? undefined : waf.webAcl(loadBalancer, arn, signal),
    existing(waf, loadBalancer, before, signal),
  ]);
  const written = annotationFor(object, situation, next);
  const path = annotationPath(written.key);
  const patch = patchOf(object, target, written);
  const computed = { path, after: written.after, ...(written.before !== undefined && { before: written.before }) };
  const { changes, diffSource } = await diffOf(context, target, object, patch, computed, signal);
  const page = await pageBehind(context, next, probes, signal);
  return {
    title: titleOf(target.name, next),
    target,
    inputs: { webAcl: next?.arn ?? noWebAcl, ...(backAfterMs !== undefined && { minutes: backAfterMs / 60_000 }) },
    changes,
    diffSource,
    owners: ownersOf(object, [path]),
    accounts: [ownerOf(loadBalancer)],
    effects: effectsOf({
      situation,
      next,
      probes,
      others: entrances.others,
      written,
      page,
      backAfterMs,
    }),
    documents: documentsOf(next, page),
    values: {
      cluster: target.cluster.cluster,
      namespace: target.namespace,
      ingress: target.name,
      annotation: written.key,
      web_acl: written.after,
    },
    plannedFor: asItWas(target, written.before),
    operation: { kind: 'patch', patch },
    inverse: inverseOf(path, written, before, next),
    expectations: expectationsOf({ written, loadBalancer, before: previous, next, probes }),
    ...(backAfterMs !== undefined && { backAfterMs }),
  };
}

/** A Web ACL that was deleted since: the controller would take the load balancer's settings for broken and stop. */
async function recheck({ expectations }: Plan, { waf }: PlanContext, signal: AbortSignal): Promise<void> {
  for (const { check } of expectations)
    if (check.kind === 'webAcl' && check.arn !== null) await waf.webAcl(check.loadBalancer, check.arn, signal);
}

function titleOf(ingress: string, next: WebAcl | undefined): string {
  return next
    ? t('Switch {0} to Web ACL {1}', ingress, oneLine(next.name))
    : t('Take the Web ACL away from {0}', ingress);
}

/**
 * Back to the ACL of before. Where the ingress said nothing, the annotation stays and names it: without one, the
 * controller would leave what stands there now.
 */
function inverseOf(
  path: string,
  { before, after }: Written,
  previous: WebAclRef | undefined,
  next: WebAcl | undefined,
): Inverse {
  const nameOf = (acl: WebAclRef | undefined) => oneLine(acl?.name ?? t('no Web ACL'));
  return {
    inputs: { webAcl: previous?.arn ?? noWebAcl },
    summary: t('Web ACL back from {0} to {1}', nameOf(next), nameOf(previous)),
    requires: [{ path, after, ...(before !== undefined && { before }) }],
  };
}
