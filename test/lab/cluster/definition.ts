import type { Manifest } from './client.ts';

/** Where the server is to keep objects of a custom kind. */
export interface CustomKind {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly kind: string;
}

/** Of a namespaced kind whose objects may hold anything. */
export function definitionOf({ group, version, resource, kind }: CustomKind): Manifest {
  const schema = { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${resource}.${group}` },
    spec: {
      group,
      scope: 'Namespaced',
      names: { plural: resource, singular: kind.toLowerCase(), kind },
      versions: [{ name: version, served: true, storage: true, schema }],
    },
  };
}
