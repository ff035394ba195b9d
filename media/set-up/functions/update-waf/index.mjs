import { objectPath, patched } from '../shared/cluster.mjs';
import { Refusal, remedy } from '../shared/remedy.mjs';

/** What the AWS Load Balancer Controller takes a Web ACL from. */
const annotationForm = /^alb\.ingress\.kubernetes\.io\/wafv2-acl-(arn|name)$/;
/** `none` takes the Web ACL away. */
const aclForm = /^(arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+|[A-Za-z0-9_-]{1,128})$/;

/** Switch of the Web ACL: the ingress's `annotation` becomes `web_acl`. */
export function change({ target, values: { annotation, web_acl: acl } }) {
  if (!annotationForm.test(annotation ?? '')) throw new Refusal('annotation is none that names a Web ACL');
  if (!aclForm.test(acl ?? '')) throw new Refusal('web_acl must be the ARN or name of a regional Web ACL, or none');
  return {
    path: objectPath('networking.k8s.io/v1', 'ingresses', target),
    patch: { metadata: { annotations: { [annotation]: acl } } },
    message: `${target.name} names the Web ACL ${acl}`,
  };
}

export const handler = remedy((event) => patched(event, change(event)));
