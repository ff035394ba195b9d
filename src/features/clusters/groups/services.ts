import { t } from '../../../core/l10n.ts';
import { objectRef } from '../../../domain/kubernetes/api-kinds.ts';
import type { Service } from '../../../domain/kubernetes/model.ts';
import { matches } from '../../../domain/kubernetes/selector.ts';
import { duration } from '../../../ui/time.ts';
import type { Branch, TreeNode } from '../../../ui/tree/model.ts';
import { perObject } from '../../../ui/tree/per-object.ts';
import { mapLoadable } from '../../../core/loadable.ts';
import { openedBranch } from '../opening.ts';
import { barredWords, withWords } from '../permissions.ts';
import type { ClusterPorts, ClustersPorts, Place } from '../ports.ts';
import { withEvents } from '../rows/events.ts';
import { podsBranch } from '../workloads/pods.ts';

/** The one service of that name, and the pods behind it. */
export function serviceBranch(ports: ClustersPorts, place: Place, name: string): Branch {
  const { ref, namespace } = place;
  return openedBranch(ports, ref, t('There is no service {0} in {1}.', name, namespace), (opening) => {
    const services = opening.watch('services', namespace);
    const barred = barredWords(opening, namespace);
    const nodeOf = perObject((service: Service) =>
      withWords(serviceNode(service, opening.inside, ports, place), barred),
    );
    return () =>
      mapLoadable(services.objects, (all) => [...all.values()].filter((one) => one.name === name).map(nodeOf));
  });
}

function serviceNode(service: Service, inside: ClusterPorts, ports: ClustersPorts, place: Place): TreeNode {
  const { uid, name, type, selector, clusterIP } = service;
  const selects = Object.keys(selector).length > 0;
  return {
    key: uid,
    row: () => ({
      label: name,
      description: [type, ...portsInWords(service), duration(inside.now() - service.createdAt)].join(' · '),
      icon: { id: 'plug' },
      context: 'service',
    }),
    subject: { object: objectRef(inside.ref, 'services', service), copyText: name },
    branch: podsBranch(ports, place, {
      isMeant: ({ labels }) => selects && matches({ matchLabels: selector, matchExpressions: [] }, labels),
      isAskedFor: () => true,
      empty: selects ? t('It selects no pods: nothing answers.') : t('It selects no pods by labels.'),
    }),
    tooltip: withEvents(inside, 'services', service, () => ({
      title: name,
      facts: [
        [t('Type'), type],
        [t('Cluster IP'), clusterIP || t('none')],
        [
          t('Selector'),
          Object.entries(selector)
            .map(([key, value]) => `${key}=${value}`)
            .join(', '),
        ],
      ],
    })),
  };
}

/** "80 → 8080", "53 → dns UDP" */
function portsInWords({ ports }: Service): readonly string[] {
  return ports.map(({ port, targetPort, protocol }) => {
    const target = targetPort && targetPort !== String(port) ? ` → ${targetPort}` : '';
    return `${port}${target}${protocol === 'TCP' || protocol === '' ? '' : ` ${protocol}`}`;
  });
}
