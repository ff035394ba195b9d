import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { ApiKind } from '../../kubernetes/api-kinds.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { textAt } from '../../kubernetes/field-path.ts';
import { listedIfSeen, readIfSeen } from '../../kubernetes/listed.ts';
import { annotationOf } from '../../waf/sources.ts';
import type { JsonObject } from '../json.ts';

/** The class's parameters; `known` is false where this user may not read them. */
export interface ClassParams {
  readonly known: boolean;
  readonly params?: JsonObject;
}

/** The AWS Load Balancer Controller. Source: its "IngressClass" page. */
const ours = 'ingress.k8s.aws/alb';

const ingressClasses: ApiKind = {
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingressclasses',
  kind: 'IngressClass',
};
const classParams: ApiKind = {
  group: 'elbv2.k8s.aws',
  version: 'v1beta1',
  resource: 'ingressclassparams',
  kind: 'IngressClassParams',
};

/**
 * The IngressClassParams behind an ingress's class, where it has any.
 * @throws JarvisError waf.otherController where another controller serves the class, and so no Web ACL is heeded
 */
export async function classParamsOf(cluster: Cluster, ingress: JsonObject, signal: AbortSignal): Promise<ClassParams> {
  const ingressClass = await classOf(cluster, ingress, signal);
  if (!ingressClass) return { known: false };
  const controller = textAt(ingressClass, 'spec.controller') ?? '';
  if (controller !== ours) throw otherController(textAt(ingress, 'metadata.name') ?? '', controller);
  const params = textAt(ingressClass, 'spec.parameters.name');
  if (params === undefined) return { known: true };
  const found = await readIfSeen(cluster, classParams, { name: params }, signal);
  return found ? { known: true, params: found } : { known: false };
}

/** The class that it names, else the cluster's default one. Source: Kubernetes, "Default IngressClass". */
async function classOf(cluster: Cluster, ingress: JsonObject, signal: AbortSignal): Promise<JsonObject | undefined> {
  const name = textAt(ingress, 'spec.ingressClassName') ?? annotationOf(ingress, 'kubernetes.io/ingress.class');
  if (name !== undefined) return readIfSeen(cluster, ingressClasses, { name }, signal);
  const classes = (await listedIfSeen(cluster, ingressClasses, signal)) ?? [];
  const [first, second] = classes.filter(
    (each) => annotationOf(each, 'ingressclass.kubernetes.io/is-default-class') === 'true',
  );
  return second ? undefined : first;
}

function otherController(ingress: string, controller: string): JarvisError {
  return new JarvisError({
    code: 'waf.otherController',
    message: t(
      '{0} is served by {1}, not by the AWS Load Balancer Controller: no Web ACL would stand before it.',
      ingress,
      controller,
    ),
  });
}
