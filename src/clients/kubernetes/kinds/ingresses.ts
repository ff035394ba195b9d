import type { Ingress, IngressRule } from '../../../domain/kubernetes/model.ts';
import { type Message, embedded, integer, list, message, part, text, texts } from '../protobuf.ts';
import { defineKind } from './kind.ts';
import { annotatedMeta, each, noRecord, none, projectMeta } from './meta.ts';

const backendShape = {
  service: part(4, message({ name: text(1), port: part(2, message({ name: text(1), number: integer(2) })) })),
};
const backend = message(backendShape);
const path = message({ path: text(1), backend: part(2, backend), pathType: text(3) });
const http = message({ paths: list(1, path) });
const specShape = {
  defaultBackend: part(1, backend),
  tls: list(2, message({ hosts: texts(1), secretName: text(2) })),
  /** IngressRuleValue is embedded. */
  rules: list(3, message({ host: text(1), http: part(2, embedded(1, http)) })),
  ingressClassName: text(4),
};

/** networking.k8s.io/v1 Ingress */
export const ingresses = defineKind({
  group: 'networking.k8s.io',
  version: 'v1',
  resource: 'ingresses',
  fields: {
    metadata: part(1, annotatedMeta),
    spec: part(2, message(specShape)),
    status: part(
      3,
      message({ loadBalancer: part(1, message({ ingress: list(1, message({ ip: text(1), hostname: text(2) })) })) }),
    ),
  },
  project: ({ metadata, spec = {}, status }): Ingress => ({
    ...projectMeta(metadata),
    annotations: metadata?.annotations ?? noRecord,
    className: spec.ingressClassName ?? '',
    rules: [...projectRules(spec)],
    tls: each(spec.tls, ({ hosts = none, secretName = '' }) => ({ hosts, secret: secretName })),
    addresses: each(status?.loadBalancer?.ingress, ({ ip = '', hostname = '' }) => (hostname === '' ? ip : hostname)),
  }),
});

function* projectRules({ rules = [], defaultBackend }: Message<typeof specShape>): Generator<IngressRule> {
  for (const { host = '', http } of rules)
    for (const { path = '', pathType = '', backend } of http?.paths ?? [])
      yield { host, path, pathType, ...projectBackend(backend) };
  if (defaultBackend) yield { host: '', path: '', pathType: '', ...projectBackend(defaultBackend) };
}

function projectBackend({ service }: Message<typeof backendShape> = {}): Pick<IngressRule, 'service' | 'port'> {
  const { name = '', number = '' } = service?.port ?? {};
  return { service: service?.name ?? '', port: name === '' ? String(number) : name };
}
