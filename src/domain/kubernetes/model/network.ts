import type { KubeObject } from './object.ts';

/** networking.k8s.io/v1 Ingress. */
export interface Ingress extends KubeObject {
  readonly annotations: Readonly<Record<string, string>>;
  readonly className: string;
  readonly rules: readonly IngressRule[];
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secret: string }[];
  /** Host names and addresses under which it is reached, from the status. */
  readonly addresses: readonly string[];
}

/** One path of a host that leads to a service; `host` is empty for all hosts, `path` for the default backend. */
export interface IngressRule {
  readonly host: string;
  readonly path: string;
  readonly pathType: string;
  /** Empty where a custom resource is the backend. */
  readonly service: string;
  /** Number or name. */
  readonly port: string;
}

/** core/v1 Service. */
export interface Service extends KubeObject {
  readonly type: string;
  readonly selector: Readonly<Record<string, string>>;
  readonly clusterIP: string;
  readonly ports: readonly {
    readonly name: string;
    readonly port: number;
    readonly targetPort: string;
    readonly protocol: string;
  }[];
}
