import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import type { Ingress, IngressRule } from '../../../domain/kubernetes/model.ts';
import { parseWebAclArn } from '../../../domain/waf/arn.ts';
import { arnAnnotation, nameAnnotation } from '../../../domain/waf/sources.ts';
import { duration, fullTime } from '../../../ui/time.ts';
import { fixedBranch } from '../../../ui/tree/branches.ts';
import type { Branch, Fact, TreeNode } from '../../../ui/tree/model.ts';
import { withWords, writeWord } from '../permissions.ts';
import type { ClusterPorts, ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { watchedBranch } from '../watched.ts';
import { serviceBranch } from './services.ts';

/** The ingresses of a place: their hosts and paths, and where these lead. */
export function ingressesBranch(ports: ClustersPorts, place: Place): Branch {
  return watchedBranch(ports, place, {
    kind: 'ingresses',
    empty: t('There are no ingresses in {0}.', place.namespace),
    node(opening) {
      const words = writeWord(ports, opening, place.namespace, 'ingresses');
      return (ingress) => withWords(ingressNode(ingress, opening.inside, ports, place), words);
    },
  });
}

function ingressNode(ingress: Ingress, inside: ClusterPorts, ports: ClustersPorts, place: Place): TreeNode {
  const { uid, name } = ingress;
  const webAcl = webAclOf(ingress);
  return {
    key: uid,
    row: () => ({
      label: name,
      description: [
        hostsInWords(ingress),
        ...(ingress.tls.length > 0 ? [t('TLS')] : []),
        ...(webAcl === undefined ? [] : [t('WAF {0}', parseWebAclArn(webAcl)?.name ?? webAcl)]),
        ...(ingress.addresses.length === 0 ? [t('no address yet')] : []),
        duration(inside.now() - ingress.createdAt),
      ].join(' · '),
      icon: { id: ingress.tls.length > 0 ? 'globe' : 'unlock' },
      context: 'ingress',
    }),
    subject: {
      pointer: { cluster: inside.ref, kind: 'Ingress', namespace: ingress.namespace, name },
      object: objectRef(inside.ref, 'ingresses', ingress),
      copyText: name,
    },
    branch: fixedBranch(
      ingress.rules.map((rule, index) => ruleNode(rule, index, ports, place)),
      t('It leads nowhere: it has no rules.'),
    ),
    tooltip: withEvents(inside, 'ingresses', ingress, () => ({ title: name, facts: factsOf(ingress) })),
  };
}

function hostsInWords({ rules }: Ingress): string {
  const [first, ...more] = new Set(rules.map(({ host }) => host || '*'));
  return more.length > 0 ? t('{0} and {1} more', first ?? '*', more.length) : (first ?? '*');
}

function ruleNode(rule: IngressRule, index: number, ports: ClustersPorts, place: Place): TreeNode {
  const { host, path, service, port } = rule;
  const from = `${host || '*'}${path || '/'}`;
  return {
    key: `${index} ${from}`,
    row: () => ({
      label: from,
      description: service ? `→ ${service}:${port}` : `→ ${t('a custom resource')}`,
      icon: { id: 'link' },
      context: 'path',
    }),
    subject: { copyText: from },
    ...(service && { branch: serviceBranch(ports, place, service) }),
  };
}

/** The Web ACL that the ingress names, by name or ARN. What its class or another ingress says, the plan of a switch tells. */
function webAclOf({ annotations }: Pick<Ingress, 'annotations'>): string | undefined {
  return [annotations[nameAnnotation], annotations[arnAnnotation]].find(Boolean);
}

function factsOf(ingress: Ingress): readonly Fact[] {
  const webAcl = webAclOf(ingress);
  return [
    [t('Class'), ingress.className || t("the cluster's default")],
    [t('Addresses'), ingress.addresses.join(', ') || t('none yet')],
    ...ingress.tls.map(({ hosts, secret }) => [t('TLS'), `${hosts.join(', ') || '*'} (${secret || '–'})`] as const),
    ...(webAcl === undefined ? [] : [[t('Web ACL'), webAcl] as const]),
    [t('Created'), fullTime(ingress.createdAt)],
  ];
}
