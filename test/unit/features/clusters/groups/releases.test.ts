import assert from 'node:assert/strict';
import { JarvisError } from '../../../../../src/core/errors.ts';
import { loading } from '../../../../../src/core/loadable.ts';
import { aRelease } from '../../../../support/builders/kubernetes.ts';
import { ClustersView, shop } from '../../../../support/clusters-view.ts';

const hour = 3_600_000;
const aChart = { name: 'sock-shop', version: '1.2.0', appVersion: '0.3.1' };

describe('the Helm releases of a namespace', () => {
  let view: ClustersView;
  beforeEach(() => {
    view = new ClustersView();
  });
  afterEach(() => view.dispose());
  const group = [...shop, 'Helm Releases'] as const;
  const head = { chart: aChart, description: 'Upgrade complete' };

  it('are each what their newest revision says, over their history, newest first', async () => {
    const revision = (number: number, status: string, description: string) =>
      aRelease({
        uid: `r${number}`,
        revision: number,
        status,
        description,
        chart: aChart,
        updatedAt: view.clock.now() - hour,
      });
    view.cluster.stores.releaserecords.has(
      revision(9, 'deployed', 'catalogue tuned'),
      revision(10, 'pending-upgrade', 'Preparing upgrade'),
      revision(8, 'superseded', 'Install complete'),
    );
    await view.open(...group, 'sock-shop');
    view.shows(
      [
        {
          label: 'sock-shop',
          description: 'sock-shop 1.2.0 · app 0.3.1 · revision 10 · stuck or busy upgrading · 60 m',
          icon: 'warning',
          context: 'release pending-upgrade',
          children: [
            { label: 'revision 10', icon: 'warning' },
            { label: 'revision 9', description: 'deployed · sock-shop 1.2.0 · app 0.3.1 · catalogue tuned · 60 m' },
            { label: 'revision 8', icon: 'circle-outline' },
          ],
        },
      ],
      ...group,
    );
  });

  it('are there by their records, and say more when their payloads have come', async () => {
    let answer: (read: typeof head) => void = () => undefined;
    view.cluster.releases.head = () => new Promise((resolve) => (answer = resolve));
    view.cluster.stores.releaserecords.has(aRelease());
    await view.open(...group);
    view.shows([{ label: 'sock-shop', description: 'revision 1 · deployed · 24 h' }], ...group);
    answer(head);
    await view.open(...group);
    view.shows(
      [{ label: 'sock-shop', description: 'sock-shop 1.2.0 · app 0.3.1 · revision 1 · deployed · 24 h' }],
      ...group,
    );
  });

  it('of which there are thousands cost no more payloads than are shown, a few at a time', async () => {
    let underWay = 0;
    let most = 0;
    const asked: string[] = [];
    view.cluster.releases.head = async (namespace, name, revision) => {
      asked.push(`${namespace}/${name}/${revision}`);
      most = Math.max(most, ++underWay);
      await Promise.resolve();
      underWay--;
      return head;
    };
    const records = Array.from({ length: 5000 }, (_, n) =>
      aRelease({ uid: `r${n}`, release: `release-${n % 1000}`, revision: Math.floor(n / 1000) + 1 }),
    );
    view.cluster.stores.releaserecords.has(...records);
    await view.open(...group);
    assert.equal(asked.length, 500);
    assert.ok(
      asked.every((one) => one.endsWith('/5')),
      'of each release the newest revision',
    );
    assert.ok(most <= 4, `${most} at once`);
  });

  it('whose payload cannot be read say so, each for itself', async () => {
    view.cluster.releases.head = (_, name) =>
      name === 'broken' ? Promise.reject(new Error('reset')) : Promise.resolve(head);
    view.cluster.stores.releaserecords.has(aRelease({ uid: 'b', release: 'broken' }), aRelease());
    await view.open(...group);
    view.shows(
      [
        { label: 'broken', description: 'chart unreadable · revision 1 · deployed · 24 h' },
        { label: 'sock-shop', description: 'sock-shop 1.2.0 · app 0.3.1 · revision 1 · deployed · 24 h' },
      ],
      ...group,
    );
  });

  it('that are kept in ConfigMaps are named, and not said to be none before that is known', async () => {
    view.cluster.stores.configmapreleases.becomes(loading);
    await view.open(...group);
    view.shows([{ label: 'Loading…' }], ...group);
    view.cluster.stores.configmapreleases.has(aRelease({ release: 'ledger', revision: 7 }));
    await view.open(...group);
    view.shows(
      [{ label: 'ledger', description: 'revision 7 · deployed · kept in ConfigMaps: not supported' }],
      ...group,
    );
    const error = new JarvisError({ code: 'kube.forbidden', message: 'configmaps is forbidden' });
    view.cluster.stores.configmapreleases.becomes({ state: 'failed', error });
    await view.open(...group);
    view.shows([{ label: 'configmaps is forbidden' }], ...group);
    assert.ok(view.asksAgain(...group, error.message));
  });
});
