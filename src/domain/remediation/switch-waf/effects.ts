import { t } from '../../../core/l10n.ts';
import { fullName } from '../../kubernetes/field-path.ts';
import { hostsOf } from '../../waf/entrances.ts';
import { answerInWords, excerptOf, sourceInWords, webAclInWords } from '../../waf/in-words.ts';
import type { WebAcl, WebAclRef } from '../../waf/model.ts';
import type { Answer } from '../../waf/prober.ts';
import { type AclSource, annotationOf, noWebAcl } from '../../waf/sources.ts';
import { info, warning } from '../effect.ts';
import type { Effect } from '../plan.ts';
import type { Written } from './annotation.ts';
import type { Probe, Situation } from './observe.ts';

export interface Outlook {
  readonly situation: Situation;
  /** The ACL that shall stand before the ingress. */
  readonly next: WebAcl | undefined;
  readonly probes: readonly Probe[];
  /** Hosts that were not asked. */
  readonly others: readonly string[];
  /** What the ingress will say. */
  readonly written: Written;
  /** The page to which visitors will be sent, or why it cannot be seen. */
  readonly page: Answer | string | undefined;
  readonly backAfterMs: number | undefined;
}

/** What visitors get now and will get, and what may stand in the way. */
export function effectsOf(outlook: Outlook): readonly Effect[] {
  const { next, probes, others, backAfterMs } = outlook;
  const effects = [
    // the first is what the plan's line says when it is folded
    next ? info(`${next.name}: ${webAclInWords(next)}`) : warning(t('No Web ACL will stand before the ingress.')),
    ...visitorEffects(outlook),
    ...situationEffects(outlook.situation),
    ...probes.map(probeEffect),
    ...groupEffects(outlook),
  ];
  if (others.length > 0) effects.push(info(t('Not asked: {0}', others.join(', '))));
  if (backAfterMs !== undefined)
    effects.push(info(t('Jarvis switches it back {0} minutes after the change was seen.', backAfterMs / 60_000)));
  return effects;
}

function situationEffects({ sources, associated, allSourcesKnown }: Situation): Effect[] {
  const [source] = sources;
  const effects = [info(source ? t('Set now by {0}.', sourceInWords(source)) : t('The ingress names no Web ACL now.'))];
  if (!allSourcesKnown)
    effects.push(
      warning(t('The parameters of the ingress class cannot be read: what they say would win over the annotation.')),
    );
  if (!agrees(source, associated))
    effects.push(warning(t('Before the load balancer stands {0}, not what the ingress says.', nameOf(associated))));
  return effects;
}

function agrees(source: AclSource | undefined, associated: WebAclRef | undefined): boolean {
  if (!source) return true;
  return [associated?.arn ?? noWebAcl, associated?.name ?? noWebAcl].includes(source.value);
}

function nameOf(acl: WebAclRef | undefined): string {
  return acl?.name ?? t('no Web ACL');
}

function visitorEffects({ next, page }: Outlook): Effect[] {
  if (next?.defaultAction.kind !== 'block') return [];
  const { status, location, page: own } = next.defaultAction;
  if (location !== undefined)
    return [info(t('Visitors will be sent to {0} ({1}).', location, status)), ...pageEffect(page)];
  if (!own) return [warning(t('Visitors will get {0} without a page of yours.', status))];
  return [info(t('Visitors will get {0} and this page ({1}): “{2}”', status, own.contentType, excerptOf(own.body)))];
}

function pageEffect(page: Outlook['page']): Effect[] {
  if (page === undefined) return [];
  if (typeof page === 'string') return [warning(t('That page cannot be seen from here: {0}', page))];
  const words = t('That page answers {0}: “{1}”', answerInWords(page), excerptOf(page.body));
  return [page.status < 400 ? info(words) : warning(words)];
}

function probeEffect({ entrance, answer, failure = '' }: Probe): Effect {
  const { host } = new URL(entrance.url);
  if (answer) return info(t('{0} answers now: {1}', host, answerInWords(answer)));
  return warning(t('{0} It will not be asked again afterwards.', failure));
}

function groupEffects({ situation: { group, sideDoors }, written }: Outlook): Effect[] {
  return [...sharedEffects(group, written), ...sideDoorEffects(sideDoors)];
}

function sharedEffects(group: Situation['group'], { key, after }: Written): Effect[] {
  if (!group)
    return [warning(t('Whether other ingresses share the load balancer is not known: you may not list them.'))];
  if (group.length === 0) return [];
  const named = group.map((other) => t('{0} ({1})', fullName(other), hostsOf(other).join(', ') || '*'));
  const contradicting = group.flatMap((other) => {
    const theirs = annotationOf(other, key) ?? after;
    return theirs === after ? [] : [`${fullName(other)} ${theirs}`];
  });
  const conflict = t(
    'These name another Web ACL, and until they are switched too the controller heeds none: {0}',
    contradicting.join(', '),
  );
  return [
    warning(t('The load balancer is shared, so visitors of these get the same: {0}', named.join(', '))),
    ...(contradicting.length > 0 ? [warning(conflict)] : []),
  ];
}

function sideDoorEffects(sideDoors: Situation['sideDoors']): Effect[] {
  if (!sideDoors) return [info(t('Whether a Gateway serves a host too is not known: you may not list them.'))];
  return sideDoors.map(({ gateway, hosts, configuration, webAcl }) => {
    const acl = webAcl ?? t('no Web ACL');
    const by = configuration === undefined ? acl : t('{0} by {1}', acl, configuration);
    return warning(
      t('The Gateway {0} serves {1} too, behind {2}: this changes nothing there.', gateway, hosts.join(', '), by),
    );
  });
}
