import assert from 'node:assert/strict';
import { mergeKubeconfigs, parseKubeconfig } from '../../../../src/clients/kubernetes/kubeconfig.ts';
import { pinnedKubeconfig } from '../../../../src/clients/kubernetes/pinned-kubeconfig.ts';
import { JarvisError } from '../../../../src/core/errors.ts';

const file = {
  'current-context': 'other',
  contexts: [
    { name: 'prod', context: { cluster: 'eks', user: 'aws', namespace: 'kube-system' } },
    { name: 'other', context: { cluster: 'theirs', user: 'them' } },
  ],
  clusters: [
    {
      name: 'eks',
      cluster: { server: 'https://eks/', 'certificate-authority': 'ca.pem', 'proxy-url': 'http://proxy' },
    },
    { name: 'theirs', cluster: { server: 'https://theirs' } },
  ],
  users: [
    { name: 'aws', user: { exec: { command: './get-token', args: ['-i', 'x'] }, 'client-key': '/keys/key' } },
    { name: 'them', user: { token: 'secret' } },
  ],
};
const merged = mergeKubeconfigs([parseKubeconfig(JSON.stringify(file), '/home/me/.kube/config')]);
const prod = { context: 'prod', server: 'https://eks', cluster: 'eks' };

describe('a kubeconfig for another program', () => {
  it('holds the pinned context alone, current, without a namespace, with absolute paths', () => {
    assert.deepEqual(JSON.parse(pinnedKubeconfig(merged, prod)), {
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'prod',
      contexts: [{ name: 'prod', context: { cluster: 'prod', user: 'prod' } }],
      clusters: [
        {
          name: 'prod',
          cluster: {
            server: 'https://eks/',
            'certificate-authority': '/home/me/.kube/ca.pem',
            'proxy-url': 'http://proxy',
          },
        },
      ],
      users: [
        {
          name: 'prod',
          user: { exec: { command: '/home/me/.kube/get-token', args: ['-i', 'x'] }, 'client-key': '/keys/key' },
        },
      ],
    });
  });

  it('is refused where the context leads to another server now', () => {
    assert.throws(
      () => pinnedKubeconfig(merged, { ...prod, server: 'https://moved' }),
      (error) => error instanceof JarvisError && error.code === 'kube.contextMissing',
    );
  });
});
