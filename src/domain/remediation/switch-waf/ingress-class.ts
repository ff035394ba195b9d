import { isCancelled, JarvisError, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { Cluster } from '../../kubernetes/cluster.ts';
import { fieldAt } from '../../kubernetes/field-path.ts';
import { annotationOf } from '../../waf/sources.ts';
import type { JsonObject } from '../json.ts';

/** The class's parameters; `known` is false where this user may not read them. */
export interface ClassParams {
  readonly known: boolean;
  readonly params?: JsonObject;
}

/** The AWS Load Balancer Controller. Source: its "IngressClass" page. */
const ours = 'ingress.k8s.aws/alb';

/**
 * The IngressClassParams behind an ingress's class, where it has any.
 * @throws JarvisError waf.otherController where another controller serves the class, and so no Web ACL is heeded
 */
export async function classParamsOf(cluster: Cluster, ingress: JsonObject, signal: AbortSignal): Promise<ClassParams> {
  const name = textAt(ingress, 'spec.ingressClassName') ?? annotationOf(ingress, 'kubernetes.io/ingress.class');
  if (name === undefined) return { known: false };
  const ofCluster = { cluster: cluster.ref, namespace: '', uid: '' };
  const read = (group: string, version: string, resource: string, kind: string, name: string) =>
    cluster.read({ ...ofCluster, group, version, resource, kind, name }, signal).catch(ifUnseen);
  const ingressClass = await read('networking.k8s.io', 'v1', 'ingressclasses', 'IngressClass', name);
  if (!ingressClass) return { known: false };
  const controller = textAt(ingressClass, 'spec.controller') ?? '';
  if (controller !== ours) throw otherController(textAt(ingress, 'metadata.name') ?? '', controller);
  const params = textAt(ingressClass, 'spec.parameters.name');
  if (params === undefined) return { known: true };
  const found = await read('elbv2.k8s.aws', 'v1beta1', 'ingressclassparams', 'IngressClassParams', params);
  return found ? { known: true, params: found } : { known: false };
}

function ifUnseen(error: unknown): undefined {
  const { code } = toJarvisError(error);
  if (isCancelled(error) || (code !== 'kube.forbidden' && code !== 'kube.notFound')) throw error;
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

function textAt(object: JsonObject, path: string): string | undefined {
  const value = fieldAt(object, path);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
