import * as v from 'valibot';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import type { JsonObject } from '../../../src/domain/remediation/json.ts';
import type { Alb } from '../../lab/alb/alb.ts';
import type { Lab } from '../../lab/lab.ts';
import { eventually } from '../eventually.ts';
import { makeWebAcls } from '../web-acls.ts';
import type { Remedy } from './remedy.ts';

const names = { object: 'shop', neighbour: 'blog' } as const;
const path = '/apis/networking.k8s.io/v1/namespaces/sock-shop/ingresses';
const annotation = 'alb.ingress.kubernetes.io/wafv2-acl-arn';

const Content = v.object({
  metadata: v.object({ annotations: v.record(v.string(), v.string()) }),
  spec: v.custom<JsonObject>((spec) => typeof spec === 'object'),
});
const Served = v.object({
  status: v.object({ loadBalancer: v.object({ ingress: v.optional(v.array(v.unknown()), []) }) }),
});

/** From a Web ACL that lets everybody in to one that lets nobody in. */
export async function switchWafRemedy({ cluster: { client } }: Lab, alb: Alb, cluster: ClusterRef): Promise<Remedy> {
  const { allow, deny } = await makeWebAcls(alb.waf);
  const make = async (name: string) => {
    await client.removeWholly(`${path}/${name}`);
    await client.create({
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: {
        namespace: 'sock-shop',
        name,
        annotations: { [annotation]: allow, 'alb.ingress.kubernetes.io/listen-ports': `[{"HTTP": ${alb.port}}]` },
      },
      spec: { ingressClassName: 'alb', rules: [{ host: `${name}.example.com` }] },
    });
    const served = () => client.get(`${path}/${name}`, Served);
    await eventually(served, ({ status }) => status.loadBalancer.ingress.length > 0);
  };
  const patch = (metadata: object) => client.mergePatch(`${path}/${names.object}`, { metadata });
  return {
    request: {
      remediation: 'switchWaf',
      pointer: { cluster, kind: 'Ingress', namespace: 'sock-shop', name: names.object },
      inputs: { webAcl: deny },
    },
    async make() {
      await Promise.all(Object.values(names).map(make));
    },
    async content(of) {
      const { metadata, spec } = await client.get(`${path}/${names[of]}`, Content);
      return { metadata, spec };
    },
    async interfere() {
      await patch({ annotations: { [annotation]: 'none' } });
    },
    async touch() {
      await patch({ labels: { team: 'blue' } });
    },
    async remove() {
      await client.remove(`${path}/${names.object}`);
    },
  };
}
