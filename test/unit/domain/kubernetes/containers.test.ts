import assert from 'node:assert/strict';
import { lastingContainers } from '../../../../src/domain/kubernetes/containers.ts';
import { forecastHeadroom } from '../../../../src/domain/kubernetes/headroom.ts';
import { aContainer, aDeployment, aNode, aPod } from '../../../support/builders/kubernetes.ts';

describe('the containers that last as long as their pod', () => {
  const pod = aPod({
    containers: [
      aContainer({ name: 'main', requests: { cpu: 500 } }),
      aContainer({ name: 'prepare', role: 'init', requests: { cpu: 3_000 } }),
      aContainer({ name: 'proxy', role: 'sidecar', requests: { cpu: 500 } }),
    ],
  });

  it('are the main ones and the sidecars', () => {
    assert.deepEqual(
      lastingContainers(pod).map(({ name }) => name),
      ['main', 'proxy'],
    );
  });

  it('alone take room on a node', () => {
    const { template } = aDeployment();
    const fits = (pods: (typeof pod)[]) => forecastHeadroom({ template, count: 30, nodes: [aNode()], pods }).fits;
    assert.deepEqual([fits([]), fits([pod])], [20, 15]);
  });
});
