import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { aDeployment } from '../../../support/builders/kubernetes.ts';
import { ClustersView, aNamespace } from '../../../support/clusters-view.ts';

const reason = 'prod does not allow this: namespaces is forbidden';
const forbidden = new JarvisError({ code: 'kube.forbidden', message: reason });
const allowed = { allowed: true, reason: '' };
const refused = { allowed: false, reason: '' };
const notice = 'Not all namespaces: you may not list them';

describe('namespaces that may not be listed', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
    view.cluster.stores.namespaces.becomes({ state: 'failed', error: forbidden });
    view.cluster.found = [
      { name: 'orders', isNamed: false, access: allowed },
      { name: 'default', isNamed: false, access: refused },
    ];
  });
  afterEach(() => view.dispose());

  /** The rows under the context that are neither its groups nor its summary. */
  const rows = () =>
    view.screen
      .rowsUnder(view.screen.find('prod'))
      .map(([, { label, description = '', icon }]) => [label, description, icon?.id ?? ''])
      .filter(([, , icon]) => icon === 'lock' || icon === 'symbol-namespace');
  const noticeRow = [notice, 'Show Namespaces by Name…', 'lock'];
  const namespaceRow = (name: string) => [name, '', 'symbol-namespace'];

  it('are those that can be known and looked into; that these are not all is said, why, and what to do', async () => {
    await view.open('prod', 'orders');
    assert.deepEqual(rows(), [noticeRow, namespaceRow('orders')]);
    assert.ok(view.screen.find('prod', 'orders', 'Workloads'));
    const { node, subject } = view.screen.find('prod', notice);
    assert.equal(node.row().command, 'jarvis.addNamespace');
    assert.deepEqual(subject.namesOf, view.cluster.ref);
    const tooltip = await node.tooltip?.(new AbortController().signal);
    assert(tooltip?.text?.includes(reason));
  });

  it('are those that somebody names, too; one that may not be looked into says so', async () => {
    await view.open('prod');
    await view.look({ named: ['prod/typo', 'another/elsewhere'] });
    assert.deepEqual(rows(), [noticeRow, ['typo', 'you may not list its pods', 'lock'], namespaceRow('orders')]);
  });

  it('give way to the whole list as soon as it may be read', async () => {
    await view.open('prod');
    view.cluster.stores.namespaces.has(aNamespace('default'), aNamespace('orders'), aNamespace('payments'));
    await view.flushed();
    assert.deepEqual(
      rows().map(([label]) => label),
      ['default', 'orders', 'payments'],
    );
  });

  it('are asked for again with each try, so that new rights show without a click', async () => {
    await view.open('prod');
    view.cluster.found = [...view.cluster.found, { name: 'payments', isNamed: false, access: allowed }];
    view.cluster.stores.namespaces.becomes({ state: 'failed', error: forbidden });
    await view.flushed();
    assert.deepEqual(rows(), [noticeRow, namespaceRow('orders'), namespaceRow('payments')]);
  });

  it('are asked for at once by who tries again', async () => {
    await view.open('prod');
    const before = view.refreshes;
    view.screen.engine.retry(view.screen.find('prod'));
    assert.equal(view.refreshes, before + 1);
  });

  it('are searched, each for itself, where a filter is on', async () => {
    view.cluster.found = [...view.cluster.found, { name: 'payments', isNamed: false, access: allowed }];
    view.cluster.stores.deployments.has(aDeployment({ namespace: 'payments' }));
    await view.look({ text: 'front' });
    await view.open('prod');
    assert.deepEqual(rows(), [noticeRow, namespaceRow('payments')]);
    assert.ok(view.cluster.asked.includes('ingresses in orders'));
    assert.ok(!view.cluster.asked.includes('ingresses'));
  });

  it('say why they cannot be asked for', async () => {
    const error = new JarvisError({ code: 'kube.unreachable', message: 'prod cannot be reached' });
    view.cluster.findNamespaces = () => Promise.reject(error);
    await view.open('prod');
    assert.ok(view.screen.find('prod', 'prod cannot be reached'));
  });
});
