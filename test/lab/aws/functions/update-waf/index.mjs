import { objectPath, patch } from '../shared/kubernetes.mjs';
import { Refusal, remedy } from '../shared/remedy.mjs';

/** What the AWS Load Balancer Controller takes a Web ACL from. */
const annotationForm = /^alb\.ingress\.kubernetes\.io\/wafv2-acl-(arn|name)$/;
/** `none` takes the Web ACL away. */
const aclForm = /^(arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+|[A-Za-z0-9_-]{1,128})$/;

/** Switch of the Web ACL: the ingress's `annotation` becomes `web_acl`. */
export const handler = remedy(async ({ planId, target, values: { annotation, web_acl: acl } }) => {
  if (!annotationForm.test(annotation ?? '')) throw new Refusal(`annotation is none that names a Web ACL`);
  if (!aclForm.test(acl ?? '')) throw new Refusal('web_acl must be the ARN or name of a regional Web ACL, or none');
  const path = objectPath('networking.k8s.io/v1', 'ingresses', target);
  await patch({ planId, target }, path, { metadata: { annotations: { [annotation]: acl } } });
  console.log(`${target.name}: ${annotation} is ${acl}`);
  return { status: 'done', message: `${target.name} names the Web ACL ${acl}` };
});
