import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JournalFolder } from '../../src/clients/journal/journal-folder.ts';
import { createClusters, type KubernetesClient } from '../../src/clients/kubernetes/clusters.ts';
import { DirectRoute } from '../../src/clients/routes/direct.ts';
import { systemClock } from '../../src/core/clock.ts';
import { valueOf } from '../../src/core/loadable.ts';
import { silentLogger } from '../../src/core/log.ts';
import type { ClusterRef } from '../../src/domain/kubernetes/model.ts';
import type { Route, RouteProgress } from '../../src/domain/remediation/route.ts';
import type { RunRegistry } from '../../src/domain/remediation/run-registry.ts';
import { createWritePath } from '../../src/services/write-path.ts';
import { FakeAlarmSource } from '../support/builders/alarm-source.ts';
import { eventually } from '../support/eventually.ts';
import { fastClock, until } from '../support/fast-clock.ts';
import { githubRoute } from '../support/github/route-world.ts';
import { scaleHpaRemedy } from '../support/remedies/scale-hpa.ts';
import { type RouteSetup, routeContract } from '../support/routes/contract.ts';
import { limitToRoles } from './github/roles.ts';
import type { LabGithub } from './github/start-lab-github.ts';
import { type Lab, startLab } from './lab.ts';

const { signal } = new AbortController();

/** No. 3 of what this release must show: the same action by either route, against a real cluster. */
describe('routes, against a real cluster', function () {
  this.timeout(60_000);
  let lab: Lab;
  let client: KubernetesClient;
  let ref: ClusterRef;
  let remedy: ReturnType<typeof scaleHpaRemedy>;

  before(async function () {
    this.timeout('20m'); // the first start of a machine builds the lab
    lab = await startLab({ parts: ['github'] });
    const kubeconfigPaths = () => [lab.description.kubeconfig];
    client = createClusters({ kubeconfigPaths, env: process.env, clock: systemClock, log: silentLogger });
    const contexts = await eventually(
      () => valueOf(client.contexts),
      (value) => value !== undefined,
    );
    ref = contexts?.[0] ?? assert.fail('the lab has a context');
    await lab.kubectl('create', 'namespace', 'sock-shop');
    for (const name of ['front-end', 'catalogue'])
      await lab.kubectl('create', 'deployment', name, '--image', `${name}:1`, '-n', 'sock-shop');
    await limitToRoles(lab);
    remedy = scaleHpaRemedy(lab, client, ref);
  });
  after(async () => {
    remedy.dispose();
    client.dispose();
    await lab.close();
  });

  const kubectl = (...args: string[]) => lab.kubectl('-n', 'sock-shop', ...args);
  const scaleTo = (maxReplicas: number, name = 'front-end') => ({
    remediation: 'scaleHpa' as const,
    pointer: { cluster: ref, kind: 'HorizontalPodAutoscaler' as const, namespace: 'sock-shop', name },
    inputs: { maxReplicas },
  });
  const maxReplicas = async (name = 'front-end') =>
    Number(await kubectl('get', 'hpa', name, '-o', 'jsonpath={.spec.maxReplicas}'));

  /** The product's write path over one route, with a journal of its own, for each test anew. */
  function writePath(make: () => Route): () => RouteSetup & { readonly runs: RunRegistry } {
    let folder: string;
    let journal: JournalFolder;
    let route: Route;
    let runs: RunRegistry;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'jarvis-journal-'));
      journal = new JournalFolder(folder, silentLogger);
      route = make();
      const parts = { client, alarms: new FakeAlarmSource(), clock: systemClock, log: silentLogger, journal };
      runs = createWritePath({ ...parts, routes: [route], defaultRoute: () => route.id });
    });
    afterEach(async () => {
      runs.dispose();
      await journal.close();
      await rm(folder, { recursive: true });
    });
    return () => ({ client, route, runs, remedy });
  }

  describe('the direct one', () => {
    routeContract(writePath(() => new DirectRoute({ client })));
  });

  describe('through GitHub Actions, act running the workflow', () => {
    const github = (): LabGithub => lab.github ?? assert.fail('the lab has a GitHub');
    const by = (workflow: string) => () => {
      const { apiUrl, repository, token } = github();
      const settings = () => ({ apiUrl, repository, ref: 'main', workflows: { scaleHpa: workflow } });
      // GitHub's own waits, for a run to be listed above all, are long
      return githubRoute(settings, token, fastClock(10));
    };

    describe('scale.yml', () => {
      const setup = writePath(by('scale.yml'));
      routeContract(setup);

      it('follows of two dispatched in the same second to each plan its own', async () => {
        const { runs } = setup();
        const plans = await Promise.all([runs.plan(scaleTo(3), signal), runs.plan(scaleTo(2, 'catalogue'), signal)]);
        const ended = await Promise.all(plans.map(({ id }) => runs.confirm(id)));
        assert.deepEqual(
          ended.map(({ phase }) => phase),
          ['verified', 'verified'],
        );
        const titles = await Promise.all(ended.map(({ handle }) => titleOf(handle?.url)));
        assert.deepEqual(titles, [
          `Scale sock-shop/front-end to 3 [${plans[0].id}]`,
          `Scale sock-shop/catalogue to 2 [${plans[1].id}]`,
        ]);
        assert.deepEqual([await maxReplicas(), await maxReplicas('catalogue')], [3, 2]);
        for (const [index, { request }] of plans.entries())
          assert.equal((await setup().route.recover(request, signal))?.url, ended[index]?.handle?.url);
      });
    });

    describe('scale-slow.yml', () => {
      const setup = writePath(by('scale-slow.yml'));

      it('stops the run when it is cancelled, and nothing is written', async () => {
        const { route, runs } = setup();
        await remedy.make();
        const { request } = await runs.plan(scaleTo(3), signal);
        const handle = await route.send(request, signal);
        const told: RouteProgress[] = [];
        const ended = route.follow(handle, (progress) => told.push(progress), signal);
        await until(
          'a step runs',
          () => told.at(-1)?.jobs[0]?.steps.some(({ status }) => status === 'running') ?? false,
        );
        await route.cancel(handle, signal);
        assert.equal((await ended).outcome, 'cancelled');
        assert.equal(await maxReplicas(), 4);
      });
    });

    async function titleOf(url: string | undefined): Promise<unknown> {
      const { apiUrl, repository, token } = github();
      const headers = { authorization: `Bearer ${token}` };
      const answer = await fetch(`${apiUrl}/repos/${repository}/actions/runs/${url?.split('/').at(-1) ?? ''}`, {
        headers,
      });
      const run: unknown = await answer.json();
      return typeof run === 'object' && run !== null && 'display_title' in run ? run.display_title : undefined;
    }
  });
});
