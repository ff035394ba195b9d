import type { ObjectRef } from '../../../domain/kubernetes/object-ref.ts';
import type { WholeObject } from '../../../domain/kubernetes/reader.ts';
import type { JsonObject } from '../../../domain/remediation/json.ts';
import type { Kind } from './kind.ts';
import { type RawMeta, projectMeta } from './meta.ts';

/** One object of any kind, custom resources too, with everything that the server tells of it. */
export function wholeObject({ group, version, resource, name }: ObjectRef): Kind<WholeObject> {
  return {
    group,
    version,
    resource,
    fieldSelector: `metadata.name=${name.replace(/[\\,=]/g, '\\$&')}`,
    jsonOnly: true,
    fromJson(json) {
      const object = json as JsonObject & { readonly metadata?: RawMeta };
      return { object: { ...projectMeta(object.metadata), json: object } };
    },
    fromProtobuf() {
      throw new RangeError('only JSON was asked for');
    },
  };
}
