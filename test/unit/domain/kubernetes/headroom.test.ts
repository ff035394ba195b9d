import assert from 'node:assert/strict';
import { forecastHeadroom } from '../../../../src/domain/kubernetes/headroom.ts';
import type { Pod } from '../../../../src/domain/kubernetes/model.ts';
import { aContainer, aDeployment, aNode, aPod } from '../../../support/builders/kubernetes.ts';

const { template } = aDeployment();

/** A pod on the node that asks for this much CPU (millicores). */
function asking(cpu: number, over: Partial<Pod> = {}): Pod {
  return aPod({ uid: `uid-${Math.random()}`, containers: [aContainer({ requests: { cpu } })], ...over });
}

describe('forecastHeadroom', () => {
  it('counts the places that requests leave', () => {
    const question = { template, count: 30, nodes: [aNode()], pods: [asking(1_000)] };
    assert.deepEqual(forecastHeadroom(question), { fits: 15, pending: 15 });
  });

  it('counts the scarcest of CPU, memory and pods', () => {
    const few = aNode({ allocatable: { cpu: 4_000, memory: 16 * 2 ** 30, pods: 3 } });
    assert.equal(forecastHeadroom({ template, count: 10, nodes: [few], pods: [asking(0)] }).fits, 2);
    const small = aNode({ allocatable: { cpu: 4_000, memory: 128 * 2 ** 20, pods: 110 } });
    assert.equal(forecastHeadroom({ template, count: 10, nodes: [small], pods: [] }).fits, 2);
  });

  it('does not count pods that have ended', () => {
    const pods = [asking(4_000, { phase: 'Succeeded' }), asking(4_000, { phase: 'Failed' })];
    assert.equal(forecastHeadroom({ template, count: 5, nodes: [aNode()], pods }).fits, 5);
  });

  for (const [why, node] of [
    ['is cordoned', aNode({ unschedulable: true })],
    ['is not ready', aNode({ conditions: [{ type: 'Ready', status: 'Unknown', reason: '', message: '' }] })],
    ['is tainted', aNode({ taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] })],
  ] as const) {
    it(`finds no place on a node that ${why}`, () => {
      assert.deepEqual(forecastHeadroom({ template, count: 2, nodes: [node], pods: [] }), { fits: 0, pending: 2 });
    });
  }

  it('finds a place on a tainted node for pods that tolerate it', () => {
    const tolerant = { ...template, tolerations: [{ key: 'gpu', operator: 'Exists', value: '', effect: '' }] };
    const node = aNode({ taints: [{ key: 'gpu', value: 'yes', effect: 'NoSchedule' }] });
    assert.equal(forecastHeadroom({ template: tolerant, count: 2, nodes: [node], pods: [] }).fits, 2);
  });

  it('heeds the node selector', () => {
    const choosy = { ...template, nodeSelector: { zone: 'a' } };
    const nodes = [aNode(), aNode({ uid: 'b', name: 'b', labels: { zone: 'a' } })];
    assert.equal(forecastHeadroom({ template: choosy, count: 100, nodes, pods: [] }).fits, 20);
  });

  it('says what it does not weigh', () => {
    const { uncertain } = forecastHeadroom({
      template: { ...template, constrained: true },
      count: 1,
      nodes: [aNode()],
      pods: [],
    });
    assert.match(uncertain ?? '', /topology spread/);
  });
});
