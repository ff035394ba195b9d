import assert from 'node:assert/strict';
import { shortNodeName } from '../../../../src/domain/kubernetes/node-name.ts';

describe('the short name of a node', () => {
  for (const [name, short] of [
    ['ip-10-0-1-11.ap-northeast-2.compute.internal', 'ip-10-0-1-11'],
    ['ip-10-0-1-11.ec2.internal', 'ip-10-0-1-11'],
    ['i-0a1b2c3d4e5f60001.us-west-2.compute.internal', 'i-0a1b2c3d4e5f60001'],
    ['gke-shop-default-pool-1a2b3c4d-x7zq', 'gke-shop-default-pool-1a2b3c4d-x7zq'],
    ['worker-1.rack.example.com', 'worker-1.rack.example.com'],
    ['ip-10-0-1-11.mine.internal', 'ip-10-0-1-11.mine.internal'],
  ] as const)
    it(`of ${name} is ${short}`, () => assert.equal(shortNodeName(name), short));
});
