import assert from 'node:assert/strict';
import { aPod, aService, anIngress } from '../../../../support/builders/kubernetes.ts';
import { ClustersView, shop } from '../../../../support/clusters-view.ts';

describe('the ingresses of a namespace', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
  });
  afterEach(() => view.dispose());
  const ingresses = [...shop, 'Ingresses'] as const;
  const waf = 'alb.ingress.kubernetes.io/wafv2-acl-';

  it('say the host, TLS and the web ACL in the row', async () => {
    const arn = 'arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/shop-strict/0a1b';
    view.cluster.stores.ingresses.has(
      anIngress({ annotations: { [`${waf}arn`]: arn }, tls: [{ hosts: ['shop.example.com'], secret: 'tls' }] }),
      anIngress({ uid: 'b', name: 'internal', annotations: { [`${waf}name`]: 'plain' }, addresses: [] }),
    );
    await view.open(...ingresses);
    view.shows(
      [
        { label: 'front-end', description: 'shop.example.com · TLS · WAF shop-strict · 24 h', icon: 'globe' },
        { label: 'internal', description: 'shop.example.com · WAF plain · no address yet · 24 h', icon: 'unlock' },
      ],
      ...ingresses,
    );
  });

  it('name the Web ACL that the controller heeds where they name two', async () => {
    view.cluster.stores.ingresses.has(anIngress({ annotations: { [`${waf}arn`]: 'arn', [`${waf}name`]: 'plain' } }));
    await view.open(...ingresses);
    const { node } = view.screen.find(...ingresses, 'front-end');
    assert.match(node.row().description ?? '', / · WAF plain · /);
    const tooltip = await node.tooltip?.(new AbortController().signal);
    assert.equal(new Map(tooltip?.facts).get('Web ACL'), 'plain');
  });

  it('lead over their paths to the service and the pods behind it', async () => {
    view.cluster.stores.ingresses.has(anIngress());
    view.cluster.stores.services.has(aService(), aService({ uid: 's2', name: 'carts' }));
    view.cluster.stores.pods.has(aPod(), aPod({ uid: 'p2', name: 'carts-0', labels: { name: 'carts' } }));
    await view.open(...ingresses, 'front-end', 'shop.example.com/', 'front-end');
    view.shows(
      [
        {
          label: 'shop.example.com/',
          description: '→ front-end:80',
          children: [
            { label: 'front-end', description: 'ClusterIP · 80 → 8079 · 24 h', children: [{ label: 'front-end-0' }] },
          ],
        },
      ],
      ...ingresses,
      'front-end',
    );
  });

  it('say of a path that it leads to a service that is not there', async () => {
    view.cluster.stores.ingresses.has(anIngress());
    await view.open(...ingresses, 'front-end', 'shop.example.com/');
    const path = [...ingresses, 'front-end', 'shop.example.com/'];
    view.shows([{ label: 'There is no service front-end in sock-shop.' }], ...path);
  });
});
