import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsWaf } from '../../src/clients/aws/waf.ts';
import { httpProber } from '../../src/clients/http/prober.ts';
import { JournalFolder } from '../../src/clients/journal/journal-folder.ts';
import { createClusters, type KubernetesClient } from '../../src/clients/kubernetes/clusters.ts';
import { DirectRoute } from '../../src/clients/routes/direct.ts';
import type { AwsSessions } from '../../src/clients/aws/sessions.ts';
import { systemClock } from '../../src/core/clock.ts';
import { toJarvisError } from '../../src/core/errors.ts';
import { valueOf } from '../../src/core/loadable.ts';
import { silentLogger } from '../../src/core/log.ts';
import type { ClusterRef } from '../../src/domain/kubernetes/model.ts';
import type { RemediationId } from '../../src/domain/remediation/plan.ts';
import type { Intent, Route, RouteProgress } from '../../src/domain/remediation/route.ts';
import type { RunRegistry } from '../../src/domain/remediation/run-registry.ts';
import { createWritePath } from '../../src/services/write-path.ts';
import { unprotected } from '../support/builders/remediation.ts';
import { FakeAlarmSource } from '../support/builders/alarm-source.ts';
import { eventually } from '../support/eventually.ts';
import { fastClock, until } from '../support/fast-clock.ts';
import { githubRoute, thrown } from '../support/github/route-world.ts';
import { aHelm } from '../support/helm.ts';
import { restartRemedy } from '../support/remedies/restart.ts';
import { rollbackRemedy } from '../support/remedies/rollback.ts';
import { scaleHpaRemedy } from '../support/remedies/scale-hpa.ts';
import type { Remedy } from '../support/remedies/remedy.ts';
import { switchWafRemedy } from '../support/remedies/switch-waf.ts';
import { makeWebAcl, removeWebAcl } from '../support/web-acls.ts';
import { type RouteSetup, routeContract } from '../support/routes/contract.ts';
import { Desk } from '../support/wrong-target.ts';
import { limitToRoles } from './github/roles.ts';
import { labSessions, lambdaRoute } from '../support/routes/lambda.ts';
import { deployFunctions, reserveNothing } from './aws/functions.ts';
import { type Alb, startAlb } from './alb/alb.ts';
import type { LabGithub } from './github/start-lab-github.ts';
import { type Lab, startLab } from './lab.ts';
import { teamFunctions } from './team.ts';

const { signal } = new AbortController();

/** No. 3 of what this release must show: the same action by either route, against a real cluster. */
describe('routes, against a real cluster', function () {
  this.timeout(60_000);
  let lab: Lab;
  let client: KubernetesClient;
  let desk: Desk;
  let ref: ClusterRef;
  let remedies: Readonly<Record<RemediationId, Remedy & { dispose?(): void }>>;
  let alb: Alb;
  let sessions: AwsSessions;
  let defaultRegion: string;

  before(async function () {
    this.timeout('20m'); // the first start of a machine builds the lab
    lab = await startLab({ parts: ['aws', 'github'] });
    desk = await Desk.at(lab);
    const kubeconfigPaths = () => [desk.kubeconfig];
    client = createClusters({ kubeconfigPaths, env: process.env, clock: systemClock, log: silentLogger });
    const contexts = await eventually(
      () => valueOf(client.contexts),
      (value) => value !== undefined,
    );
    ref = contexts?.[0] ?? assert.fail('the lab has a context');
    for (const [namespace, names] of [
      ['sock-shop', ['front-end', 'catalogue']],
      ['elsewhere', ['front-end', 'orders']],
    ] as const) {
      await lab.kubectl('create', 'namespace', namespace);
      // as many replicas as an HPA wants at least, so that none is still at work when a test begins
      for (const name of names)
        await lab.kubectl('create', 'deployment', name, '--image', `${name}:1`, '--replicas', '2', '-n', namespace);
    }
    await lab.kubectl('autoscale', 'deployment', 'front-end', '--min', '2', '--max', '4', '-n', 'elsewhere');
    await limitToRoles(lab);
    alb = await startAlb(lab);
    sessions = labSessions(lab.description);
    remedies = {
      scaleHpa: scaleHpaRemedy(lab, client, ref),
      restart: restartRemedy(lab, client, ref),
      switchWaf: await switchWafRemedy(lab, alb, ref),
      rollback: rollbackRemedy(lab, ref),
    };
  });
  after(async () => {
    for (const remedy of Object.values(remedies)) remedy.dispose?.();
    client.dispose();
    sessions.dispose();
    await alb.close();
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
  function writePath(
    make: () => Route,
    remedy: RemediationId = 'scaleHpa',
  ): () => RouteSetup & { readonly runs: RunRegistry } {
    let folder: string;
    let journal: JournalFolder;
    let route: Route;
    let runs: RunRegistry;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'jarvis-journal-'));
      journal = new JournalFolder(folder, silentLogger);
      route = make();
      defaultRegion = 'ap-northeast-2';
      const waf = new AwsWaf({
        sessions,
        scopes: () => [{ label: 'lab', profile: lab.description.aws?.profile ?? '', region: defaultRegion }],
      });
      const world = { client, alarms: new FakeAlarmSource(), waf, prober: httpProber(systemClock) };
      const protection = () => unprotected;
      const parts = { ...world, protection, clock: systemClock, log: silentLogger, journal };
      runs = createWritePath({ ...parts, routes: [route], defaultRoute: () => route.id });
    });
    afterEach(async () => {
      runs.dispose();
      await journal.close();
      await rm(folder, { recursive: true });
    });
    return () => ({ client, route, runs, remedy: remedies[remedy], desk });
  }

  describe('the direct one', () => {
    const env = {
      ...process.env,
      HELM_KUBECONTEXT: 'elsewhere',
      HELM_NAMESPACE: 'kube-system',
      KUBECONFIG: '/nowhere',
    };
    const route = () => new DirectRoute({ client, helm: aHelm(join(lab.description.bin, 'helm4'), env) });
    for (const remedy of ['scaleHpa', 'restart', 'rollback'] as const)
      describe(remedy, () => routeContract(writePath(route, remedy)));

    describe('switchWaf', () => {
      const setup = writePath(route, 'switchWaf');
      routeContract(setup);

      it('sends nothing when the ACL was deleted meanwhile', async () => {
        const webAcl = await makeWebAcl(alb.waf, 'short-lived', { Block: {} });
        const before = await setup().remedy.content('object');
        const { id } = await setup().runs.plan({ ...setup().remedy.request, inputs: { webAcl } }, signal);
        await removeWebAcl(alb.waf, 'short-lived');
        const { error, times } = await setup().runs.confirm(id);
        assert.deepEqual([error?.code, times.running], ['waf.noWebAcl', undefined]);
        assert.deepEqual(await setup().remedy.content('object'), before);
      });

      it('stays in the region of the load balancer when the default region is switched', async () => {
        const neighbour = await setup().remedy.content('neighbour');
        const { id } = await setup().runs.plan(setup().remedy.request, signal);
        defaultRegion = 'us-east-1';
        assert.equal((await setup().runs.confirm(id)).phase, 'verified');
        assert.deepEqual(await setup().remedy.content('neighbour'), neighbour);
      });
    });
  });

  describe('through GitHub Actions, act running the workflow', () => {
    const github = (): LabGithub => lab.github ?? assert.fail('the lab has a GitHub');
    const by =
      (workflow: string, remedy: RemediationId = 'scaleHpa') =>
      () => {
        const { apiUrl, repository, token } = github();
        const settings = () => ({ apiUrl, repository, ref: 'main', workflows: { [remedy]: workflow } });
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

    describe('restart.yml', () => routeContract(writePath(by('restart.yml', 'restart'), 'restart')));
    describe('update-waf.yml', () => routeContract(writePath(by('update-waf.yml', 'switchWaf'), 'switchWaf')));

    describe('rollback.yml', () => routeContract(writePath(by('rollback.yml', 'rollback'), 'rollback')));

    describe('scale-slow.yml', () => {
      const setup = writePath(by('scale-slow.yml'));

      it('stops the run when it is cancelled, and nothing is written', async () => {
        const { route, runs } = setup();
        await remedies.scaleHpa.make();
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

  describe('through AWS Lambda, running the real code', () => {
    const by =
      (functions: Readonly<Partial<Record<RemediationId, string>>>, clock = systemClock) =>
      () =>
        lambdaRoute(lab.description, sessions, functions, clock);

    for (const remedy of ['scaleHpa', 'restart', 'switchWaf'] as const)
      describe(teamFunctions[remedy], () => routeContract(writePath(by(teamFunctions), remedy)));

    describe('a function that patches', () => {
      const setup = writePath(by(teamFunctions));

      it('shows the end of its log', async () => {
        await remedies.scaleHpa.make();
        const { runs } = setup();
        const { id } = await runs.plan(scaleTo(3), signal);
        const { result } = await runs.confirm(id);
        // not of its last line: ministack lets a log's end go that comes late
        assert.match(result?.logTail?.[0] ?? '', new RegExp(`plan ${id}: scaleHpa of HorizontalPodAutoscaler`));
        assert.equal(result?.summary, 'jarvis-scale has done it: maxReplicas is 3');
      });
    });

    describe('a function that starts scale.yml', () => {
      const setup = writePath(by({ scaleHpa: 'jarvis-dispatch' }, fastClock(10)));
      beforeEach(() => remedies.scaleHpa.make());

      it('is followed to the end of the run that it names', async () => {
        const { runs } = setup();
        const { phase, progress, result } = await runs.confirm((await runs.plan(scaleTo(3), signal)).id);
        assert.deepEqual([phase, result?.outcome, await maxReplicas()], ['verified', 'success', 3]);
        assert.ok(progress?.jobs[0]?.steps.length, 'the steps of its run are shown');
      });

      it('is found by a window that knows nothing of it, and started once however often it is asked', async () => {
        const { route, runs } = setup();
        const { request } = await runs.plan(scaleTo(3), signal);
        const other = by({ scaleHpa: 'jarvis-dispatch' }, fastClock(10))();
        assert.equal((await thrown(other.recover(request, signal))).code, 'lambda.inDoubt');
        const handles = [await route.send(request, signal), await other.send(request, signal)];
        const found = await by({ scaleHpa: 'jarvis-dispatch' }, fastClock(10))().recover(request, signal);
        const results = await Promise.all(
          [...handles, found ?? assert.fail('it was sent')].map((each) => other.follow(each, () => undefined, signal)),
        );
        assert.deepEqual(new Set(results.map(({ outcome, url }) => `${outcome} ${url}`)).size, 1, 'one run');
        assert.equal(results[0]?.outcome, 'success');
      });
    });

    describe('functions that go wrong', () => {
      const setup = writePath(by(teamFunctions));
      const faults = ['throws', 'slow', 'garbage', 'huge', 'idle'];
      const folder = () => join(lab.folder, 'faulty');
      const endpoint = () => lab.description.aws?.endpoints.lambda ?? assert.fail('the lab has AWS');
      before(async () => {
        await mkdir(folder());
        const deployment = { endpoint: endpoint(), folder: folder() };
        const functions = faults.map((name) => ({ name, handler: `faulty/index.${name}`, timeoutSeconds: 1 }));
        await deployFunctions([...functions, { name: 'full', handler: 'faulty/index.idle' }], deployment);
        await reserveNothing(endpoint(), 'full');
      });

      /** What is said of the function when a plan is sent to it; whatever that is, nothing has changed. */
      async function said(name: string, uid?: string): Promise<string | undefined> {
        const { id: planId, target } = await setup().runs.plan(scaleTo(3), signal);
        const route = by({ scaleHpa: name })();
        const intent: Intent = {
          planId,
          remediation: 'scaleHpa',
          target: { ...target, uid: uid ?? target.uid },
          values: { max_replicas: '3' },
          operation: { kind: 'patch', patch: [] },
        };
        const request = await route.prepare(intent, signal);
        const [problem] = await route.check(request, signal);
        if (problem) return problem.code;
        const follow = async () => route.follow(await route.send(request, signal), () => undefined, signal);
        const end = await follow().catch(toJarvisError);
        assert.equal(await maxReplicas(), 4);
        return end.code ?? ('outcome' in end ? end.outcome : undefined);
      }

      it('are told apart, and none of them has changed anything', async () => {
        await remedies.scaleHpa.make();
        const names = ['throws', 'slow', 'garbage', 'huge', 'full', 'nobody'];
        assert.deepEqual(Object.fromEntries(await Promise.all(names.map(async (name) => [name, await said(name)]))), {
          throws: 'lambda.functionError',
          slow: 'lambda.timedOut',
          garbage: 'lambda.badAnswer',
          huge: 'lambda.badAnswer',
          full: 'lambda.throttled',
          nobody: 'lambda.missing',
        });
        // the function's own guard: another object of that name is not touched
        assert.equal(await said('jarvis-scale', 'another'), 'lambda.failed');
        // what says that it has taken the plan on is believed, and found out by what is seen on the cluster
        assert.equal(await said('idle'), 'success');
      });
    });
  });
});
