import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { sourceInWords } from '../../waf/in-words.ts';
import type { WebAclRef } from '../../waf/model.ts';
import { annotationOf, arnAnnotation, nameAnnotation, noWebAcl } from '../../waf/sources.ts';
import { annotate } from '../annotate.ts';
import type { JsonObject, JsonPatchOperation } from '../json.ts';
import type { Target } from '../target.ts';
import type { Situation } from './observe.ts';

/** The one annotation that the switch writes. */
export interface Written {
  readonly key: typeof arnAnnotation | typeof nameAnnotation;
  readonly before: string | undefined;
  readonly after: string;
}

/**
 * The annotation that decides: by ARN, or by name where the ingress has a name, which would win.
 * @throws JarvisError waf.classDecides, waf.otherDecides, remediation.badInput (it says so already)
 */
export function annotationFor(ingress: JsonObject, { sources }: Situation, next: WebAclRef | undefined): Written {
  const [winner] = sources;
  if (winner?.kind === 'classParams')
    throw new JarvisError({
      code: 'waf.classDecides',
      message: t(
        'The Web ACL is set by {0}. That wins over what an ingress says: change it there.',
        sourceInWords(winner),
      ),
    });
  if (winner?.of !== undefined)
    throw new JarvisError({
      code: 'waf.otherDecides',
      message: t('The Web ACL is set by {0}. Both share a load balancer: switch it there.', sourceInWords(winner)),
    });
  const key = winner?.key ?? arnAnnotation;
  const before = annotationOf(ingress, key);
  const after = (key === nameAnnotation ? next?.name : next?.arn) ?? noWebAcl;
  if (before !== after) return { key, before, after };
  throw new JarvisError({ code: 'remediation.badInput', message: t('The ingress says so already.') });
}

export function annotationPath(key: Written['key']): string {
  return `metadata.annotations[${JSON.stringify(key)}]`;
}

/** The server refuses the patch as a whole when the object is another one or its annotation has changed since. */
export function patchOf(ingress: JsonObject, { uid }: Target, { key, after }: Written): readonly JsonPatchOperation[] {
  return [{ op: 'test', path: '/metadata/uid', value: uid }, ...annotate(ingress, 'metadata', key, after)];
}
