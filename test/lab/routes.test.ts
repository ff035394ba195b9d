import type { RemediationId } from '../../src/domain/remediation/remediation-id.ts';
import { routeContract } from '../support/routes/contract.ts';
import { direct } from './routes/direct.ts';
import { github } from './routes/github.ts';
import { lambda } from './routes/lambda.ts';
import { startWorld, type World } from './routes/world.ts';
import { writePath } from './routes/write-path.ts';

/** Each remedy by each route, against a real cluster. */
describe('routes, against a real cluster', function () {
  this.timeout(60_000);
  let started: World;
  const world = () => started;

  before(async function () {
    this.timeout('20m'); // the first start of a machine builds the lab
    started = await startWorld();
  });
  after(() => started.close());

  for (const { title, carriers, route, ofItsOwn } of [direct, github, lambda])
    describe(title, () => {
      for (const [remedy, carrier] of Object.entries(carriers) as [RemediationId, string][])
        describe(carrier, () => routeContract(writePath(world, () => route(started, remedy), remedy)));
      ofItsOwn(world);
    });
});
