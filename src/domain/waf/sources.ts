import type { JsonObject } from '../remediation/json.ts';
import { fullName, textAt } from '../kubernetes/field-path.ts';

export const arnAnnotation = 'alb.ingress.kubernetes.io/wafv2-acl-arn';
export const nameAnnotation = 'alb.ingress.kubernetes.io/wafv2-acl-name';

/** What the controller takes for "no Web ACL at all". */
export const noWebAcl = 'none';

/** A place that says which Web ACL stands before an ingress. */
export type AclSource =
  | {
      readonly kind: 'annotation';
      readonly key: typeof arnAnnotation | typeof nameAnnotation;
      readonly value: string;
      /** Another ingress than the one that was asked about, "namespace/name": both share the load balancer. */
      readonly of?: string;
    }
  | { readonly kind: 'classParams'; readonly name: string; readonly field: string; readonly value: string };

/**
 * All that say something, the one that wins first: a name before an ARN, whichever ingress of the load balancer says it,
 * and for each the class's parameters before the annotation. Where two say different things of that kind, the controller
 * heeds none ("conflicting WAFv2 WebACL ARNs").
 * Source: AWS Load Balancer Controller v3, buildWAFv2WebACLAssociation in pkg/ingress/model_build_load_balancer_addons.go.
 */
export function aclSources(
  ingress: JsonObject,
  classParams: JsonObject | undefined,
  others: readonly JsonObject[] = [],
): readonly AclSource[] {
  const annotation = (key: typeof arnAnnotation | typeof nameAnnotation): AclSource[] => {
    const value = annotationOf(ingress, key);
    const own: AclSource[] = value === undefined ? [] : [{ kind: 'annotation', key, value }];
    const theirs = others.flatMap((other): AclSource[] => {
      const value = annotationOf(other, key);
      return value === undefined ? [] : [{ kind: 'annotation', key, value, of: fullName(other) }];
    });
    return [...own, ...theirs];
  };
  const params = (field: string): AclSource[] => {
    const value = classParams && textAt(classParams, `spec.${field}`);
    const name = (classParams && textAt(classParams, 'metadata.name')) ?? '';
    return value === undefined ? [] : [{ kind: 'classParams', name, field, value }];
  };
  return [
    ...params('wafv2AclName'),
    ...annotation(nameAnnotation),
    ...params('wafv2AclArn'),
    ...annotation(arnAnnotation),
  ];
}

/** Undefined where it is absent or empty, which means the same to the controller. */
export function annotationOf(object: JsonObject, key: string): string | undefined {
  return textAt(object, `metadata.annotations[${JSON.stringify(key)}]`);
}
