import assert from 'node:assert/strict';
import { ingresses } from '../../../../../src/clients/kubernetes/kinds/ingresses.ts';
import { services } from '../../../../../src/clients/kubernetes/kinds/kube-services.ts';
import { nodes } from '../../../../../src/clients/kubernetes/kinds/nodes.ts';
import { persistentvolumeclaims } from '../../../../../src/clients/kubernetes/kinds/persistentvolumeclaims.ts';
import { proto, protoMap } from '../../../../support/protobuf.ts';
import { type Fields, quantity, reads } from '../../../../support/kubernetes/encodings.ts';

describe('what is around workloads, in protobuf as in JSON', () => {
  it('ingresses: each path of each host, the default backend, backends of other kinds', () => {
    const service = (port: Fields) => proto({ 4: proto({ 1: 'web', 2: proto(port) }) });
    reads(
      ingresses,
      {
        2: proto({
          1: service({ 1: 'http', 2: 0 }),
          2: [proto({ 1: ['a.example.com', 'b.example.com'], 2: 'cert' })],
          3: [
            proto({
              1: 'a.example.com',
              2: proto({ 1: proto({ 1: [proto({ 1: '/', 2: service({ 1: '', 2: 80 }), 3: 'Prefix' })] }) }),
            }),
            proto({ 1: 'b.example.com', 2: proto({}) }),
            proto({ 2: proto({ 1: proto({ 1: [proto({ 1: '/s3', 2: proto({ 3: proto({ 2: 'Bucket' }) }) })] }) }) }),
          ],
          4: 'alb',
        }),
        3: proto({ 1: proto({ 1: [proto({ 1: '', 2: 'lb.example.com' }), proto({ 1: '10.0.0.1', 2: '' })] }) }),
      },
      {
        spec: {
          ingressClassName: 'alb',
          defaultBackend: { service: { name: 'web', port: { name: 'http' } } },
          tls: [{ hosts: ['a.example.com', 'b.example.com'], secretName: 'cert' }],
          rules: [
            {
              host: 'a.example.com',
              http: {
                paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'web', port: { number: 80 } } } }],
              },
            },
            { host: 'b.example.com' },
            { http: { paths: [{ path: '/s3', backend: { resource: { kind: 'Bucket' } } }] } },
          ],
        },
        status: { loadBalancer: { ingress: [{ hostname: 'lb.example.com' }, { ip: '10.0.0.1' }] } },
      },
      {
        className: 'alb',
        rules: [
          { host: 'a.example.com', path: '/', pathType: 'Prefix', service: 'web', port: '80' },
          { host: '', path: '/s3', pathType: '', service: '', port: '' },
          { host: '', path: '', pathType: '', service: 'web', port: 'http' },
        ],
        tls: [{ hosts: ['a.example.com', 'b.example.com'], secret: 'cert' }],
        addresses: ['lb.example.com', '10.0.0.1'],
      },
    );
  });

  it('services: ports that lead to numbers and to names', () => {
    reads(
      services,
      {
        2: proto({
          1: [
            proto({ 1: 'http', 2: 'TCP', 3: 80, 4: proto({ 1: 1, 2: 0, 3: 'web' }) }),
            proto({ 1: 'dns', 2: 'UDP', 3: 53, 4: proto({ 1: 0, 2: 5353, 3: '' }) }),
          ],
          2: protoMap({ app: 'web' }),
          3: '10.96.0.1',
          4: 'NodePort',
        }),
      },
      {
        spec: {
          ports: [
            { name: 'http', protocol: 'TCP', port: 80, targetPort: 'web' },
            { name: 'dns', protocol: 'UDP', port: 53, targetPort: 5353 },
          ],
          selector: { app: 'web' },
          clusterIP: '10.96.0.1',
          type: 'NodePort',
        },
      },
      {
        ports: [
          { name: 'http', protocol: 'TCP', port: 80, targetPort: 'web' },
          { name: 'dns', protocol: 'UDP', port: 53, targetPort: '5353' },
        ],
        selector: { app: 'web' },
        clusterIP: '10.96.0.1',
        type: 'NodePort',
      },
    );
  });

  it('persistentvolumeclaims, bound or not', () => {
    const modes = ['ReadWriteOnce'];
    const requests = proto({ 2: protoMap({ storage: quantity('8Gi') }) });
    reads(
      persistentvolumeclaims,
      {
        2: proto({ 1: modes, 2: requests, 3: 'pv-1', 5: 'gp3' }),
        3: proto({ 1: 'Bound', 3: protoMap({ storage: quantity('10Gi') }) }),
      },
      {
        spec: {
          accessModes: modes,
          resources: { requests: { storage: '8Gi' } },
          volumeName: 'pv-1',
          storageClassName: 'gp3',
        },
        status: { phase: 'Bound', capacity: { storage: '10Gi' } },
      },
      {
        phase: 'Bound',
        storageClass: 'gp3',
        volume: 'pv-1',
        requested: 8 * 2 ** 30,
        capacity: 10 * 2 ** 30,
        accessModes: modes,
      },
    );
    assert(!('capacity' in persistentvolumeclaims.fromJson({ status: { phase: 'Pending' } }).object));
  });

  it('nodes: where they are, what they are', () => {
    const labels = { 'topology.kubernetes.io/zone': 'a', 'node.kubernetes.io/instance-type': 'm6i.xlarge' };
    reads(
      nodes,
      { 1: proto({ 11: protoMap(labels) }), 3: proto({ 7: proto({ 7: 'v1.36.3' }) }) },
      { metadata: { labels }, status: { nodeInfo: { kubeletVersion: 'v1.36.3' } } },
      { zone: 'a', instanceType: 'm6i.xlarge', kubeletVersion: 'v1.36.3' },
    );
  });
});
