import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { eksOf } from '../../../../src/domain/set-up/eks.ts';
import { setUpFiles } from '../../../../src/domain/set-up/files.ts';
import { filesOf, labSetUp } from '../../../lab/github/team-files.ts';
import { root } from '../../../support/process.ts';

describe('setUpFiles', () => {
  it('uses every template that is shipped', async () => {
    const used = new Set<string>();
    await setUpFiles(labSetUp, (template) => {
      used.add(template);
      return Promise.resolve('');
    });
    const shipped = globSync('**/*.*', { cwd: join(root, 'media/set-up') });
    assert.deepEqual([...used].sort(), shipped.sort());
  });

  it('writes what is wanted, and only that', async () => {
    const team = { ...labSetUp.team, namespaces: ['sock-shop', 'payments'] };
    const paths = async (...parts: (typeof labSetUp.parts)[number][]) =>
      (await filesOf({ team, remedies: ['scaleHpa'], parts })).map(({ path }) => path);
    assert.deepEqual(await paths('workflows'), ['.github/workflows/scale.yml', 'deploy/jarvis/README.md']);
    assert.deepEqual(await paths('kubernetes'), [
      'deploy/jarvis/kubernetes/sock-shop/scale.yaml',
      'deploy/jarvis/kubernetes/payments/scale.yaml',
      'deploy/jarvis/README.md',
    ]);
    assert.deepEqual(await paths(), []);
  });

  it('names the role in the partition of the region', async () => {
    const team = { ...labSetUp.team, region: 'cn-north-1' };
    const [workflow] = await filesOf({ team, remedies: ['scaleHpa'], parts: ['workflows'] });
    assert.match(workflow?.text ?? '', /role-to-assume: 'arn:aws-cn:iam::123456789012:role\/jarvis-scale'/);
  });
});

describe('eksOf', () => {
  it('reads what a kubeconfig calls a cluster', () => {
    const arn = 'arn:aws:eks:ap-northeast-2:123456789012:cluster/prod';
    assert.deepEqual(eksOf(arn), { region: 'ap-northeast-2', account: '123456789012', cluster: 'prod' });
    assert.deepEqual(eksOf('prod.us-east-1.eksctl.io'), { region: 'us-east-1', cluster: 'prod' });
    assert.deepEqual(eksOf('prod-seoul'), { cluster: 'prod-seoul' });
  });
});
