import assert from 'node:assert/strict';
import type { GithubRoute } from '../../../src/clients/routes/github.ts';
import type { RemediationId } from '../../../src/domain/remediation/remediation-id.ts';
import type { RouteProgress } from '../../../src/domain/remediation/route.ts';
import { fastClock, until } from '../../support/fast-clock.ts';
import { githubRoute } from '../../support/github/route-world.ts';
import type { LabGithub } from '../github/start-lab-github.ts';
import { teamWorkflows } from '../team.ts';
import { leftAlone } from './left-alone.ts';
import { restartsOfOtherKinds } from './restarts.ts';
import { maxReplicas, type RouteSuite, scaleTo } from './suite.ts';
import { deletedMeanwhile } from './web-acls.ts';
import type { World } from './world.ts';
import { writePath } from './write-path.ts';

const { signal } = new AbortController();

export const github: RouteSuite = {
  title: 'through GitHub Actions, act running the workflow',
  carriers: teamWorkflows,
  route: (world, remedy) => route(world, remedy, teamWorkflows[remedy]),
  ofItsOwn(world) {
    describe('scale.yml', () => twoAtOnce(world));
    describe('restart.yml', () => restartsOfOtherKinds(world, () => route(world(), 'restart', 'restart.yml')));
    describe('scale-slow.yml', () => cancelled(world));
    for (const [remedy, workflow] of Object.entries(teamWorkflows) as [RemediationId, string][])
      describe(`${workflow}, when its run has waited`, () =>
        leftAlone(world, () => route(world(), remedy, workflow), remedy));
    const updateWaf = teamWorkflows.switchWaf;
    describe(updateWaf, () => deletedMeanwhile(world, () => route(world(), 'switchWaf', updateWaf)));
  },
};

const serverOf = ({ lab }: World): LabGithub => lab.github ?? assert.fail('the lab has a GitHub');

function route(world: World, remedy: RemediationId, workflow: string): GithubRoute {
  const { apiUrl, repository, token } = serverOf(world);
  const settings = () => ({ apiUrl, repository, ref: 'main', workflows: { [remedy]: workflow } });
  // GitHub's own waits, for a run to be listed above all, are long
  return githubRoute(settings, token, fastClock(10));
}

function twoAtOnce(world: () => World): void {
  const setup = writePath(world, () => route(world(), 'scaleHpa', 'scale.yml'));
  beforeEach(() => setup().remedy.make());

  it('follows of two dispatched in the same second to each plan its own', async () => {
    const { runs, route } = setup();
    const plans = await Promise.all([
      runs.plan(scaleTo(world(), 3), signal),
      runs.plan(scaleTo(world(), 2, 'catalogue'), signal),
    ]);
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
    assert.deepEqual([await maxReplicas(world()), await maxReplicas(world(), 'catalogue')], [3, 2]);
    for (const [index, { request }] of plans.entries())
      assert.equal((await route.recover(request, signal))?.url, ended[index]?.handle?.url);
  });

  async function titleOf(url: string | undefined): Promise<unknown> {
    const { apiUrl, repository, token } = serverOf(world());
    const headers = { authorization: `Bearer ${token}` };
    const id = url?.split('/').at(-1) ?? '';
    const answer = await fetch(`${apiUrl}/repos/${repository}/actions/runs/${id}`, { headers });
    const run: unknown = await answer.json();
    return typeof run === 'object' && run !== null && 'display_title' in run ? run.display_title : undefined;
  }
}

function cancelled(world: () => World): void {
  const setup = writePath(world, () => route(world(), 'scaleHpa', 'scale-slow.yml'));
  beforeEach(() => setup().remedy.make());

  it('stops the run when it is cancelled, and nothing is written', async () => {
    const { route, runs } = setup();
    const { request } = await runs.plan(scaleTo(world(), 3), signal);
    const handle = await route.send(request, signal);
    const told: RouteProgress[] = [];
    const ended = route.follow(handle, (progress) => told.push(progress), signal);
    await until('a step runs', () => told.at(-1)?.jobs[0]?.steps.some(({ status }) => status === 'running') ?? false);
    await route.cancel(handle, signal);
    assert.equal((await ended).outcome, 'cancelled');
    assert.equal(await maxReplicas(world()), 4);
  });
}
