import assert from 'node:assert/strict';
import type { LambdaRoute } from '../../../src/clients/routes/lambda.ts';
import { systemClock } from '../../../src/core/clock.ts';
import type { RemediationId } from '../../../src/domain/remediation/remediation-id.ts';
import { fastClock } from '../../support/fast-clock.ts';
import { thrown } from '../../support/github/route-world.ts';
import { lambdaRoute } from '../../support/routes/lambda.ts';
import { teamFunctions } from '../team.ts';
import { faultyFunctions } from './faulty-functions.ts';
import { leftAlone } from './left-alone.ts';
import { maxReplicas, type RouteSuite, scaleTo } from './suite.ts';
import { deletedMeanwhile } from './web-acls.ts';
import type { World } from './world.ts';
import { writePath } from './write-path.ts';

const { signal } = new AbortController();

export const lambda: RouteSuite = {
  title: 'through AWS Lambda, running the real code',
  carriers: teamFunctions,
  // the function of a rollback starts a workflow, and GitHub's own waits are long
  route: (world, remedy) => route(world, teamFunctions, remedy === 'rollback' ? fastClock(10) : systemClock),
  ofItsOwn(world) {
    describe('a function that patches', () => patches(world));
    describe(teamFunctions.switchWaf, () => deletedMeanwhile(world, () => route(world(), teamFunctions)));
    describe('a function that starts scale.yml', () => startsWorkflow(world));
    describe(`${teamFunctions.rollback}, when the run that it starts has waited`, () =>
      leftAlone(world, () => route(world(), teamFunctions, fastClock(10)), 'rollback'));
    describe('functions that go wrong', () => faultyFunctions(world, (name) => route(world(), { scaleHpa: name })));
  },
};

type Functions = Readonly<Partial<Record<RemediationId, string>>>;

function route({ lab, sessions, desk }: World, functions: Functions, clock = systemClock): LambdaRoute {
  return lambdaRoute(lab.description, sessions, functions, clock, () => desk.region);
}

function patches(world: () => World): void {
  const setup = writePath(world, () => route(world(), teamFunctions));
  beforeEach(() => setup().remedy.make());

  it('shows the end of its log', async () => {
    const { runs } = setup();
    const { id } = await runs.plan(scaleTo(world(), 3), signal);
    const { result } = await runs.confirm(id);
    // not of its last line: ministack lets a log's end go that comes late
    assert.match(result?.logTail?.[0] ?? '', new RegExp(`plan ${id}: scaleHpa of HorizontalPodAutoscaler`));
    assert.equal(result?.summary, 'jarvis-scale has done it: maxReplicas is 3');
  });
}

function startsWorkflow(world: () => World): void {
  const another = () => route(world(), { scaleHpa: 'jarvis-dispatch' }, fastClock(10));
  const setup = writePath(world, another);
  beforeEach(() => setup().remedy.make());

  it('is followed to the end of the run that it names', async () => {
    const { runs } = setup();
    const { phase, progress, result } = await runs.confirm((await runs.plan(scaleTo(world(), 3), signal)).id);
    assert.deepEqual([phase, result?.outcome, await maxReplicas(world())], ['verified', 'success', 3]);
    assert.ok(progress?.jobs[0]?.steps.length, 'the steps of its run are shown');
  });

  it('is found by a window that knows nothing of it, and started once however often it is asked', async () => {
    const { route, runs } = setup();
    const { request } = await runs.plan(scaleTo(world(), 3), signal);
    const other = another();
    assert.equal((await thrown(other.recover(request, signal))).code, 'lambda.inDoubt');
    const handles = [await route.send(request, signal), await other.send(request, signal)];
    const found = await another().recover(request, signal);
    const results = await Promise.all(
      [...handles, found ?? assert.fail('it was sent')].map((each) => other.follow(each, () => undefined, signal)),
    );
    assert.deepEqual(new Set(results.map(({ outcome, url }) => `${outcome} ${url}`)).size, 1, 'one run');
    assert.equal(results[0]?.outcome, 'success');
  });
}
