import assert from 'node:assert/strict';
import type { WorkflowRunner } from '../../../../src/practice/github/runner.ts';
import { ActOutput } from '../../../lab/github/act-output.ts';
import { workflowText } from '../../../support/github/practice.ts';
import { routeWorld, signal } from '../../../support/github/route-world.ts';

const jobs =
  '  scale: { runs-on: ubuntu-latest, steps: [{ name: Patch, run: a }, { name: Tidy, if: always(), run: b }] }';

/** A line of `act --json` about the step of that index. */
const of = (step: number, line: object) => JSON.stringify({ stage: 'Main', stepID: [String(step)], ...line });
const said = (step: number, text: string) => of(step, { msg: `${text}\n`, raw_output: true, level: 'info' });
const fails = of(0, { msg: "exitcode '1': failure", level: 'error' });
const failed = of(0, { stepResult: 'failure', level: 'error' });
const tidied = [of(1, { msg: 'Run Tidy' }), said(1, 'tidied'), of(1, { stepResult: 'success' })];
const verdict = JSON.stringify({ jobResult: 'failure' });

/** What the product shows of a run for which act said these lines. */
async function tailOf(...lines: readonly string[]): Promise<readonly string[]> {
  const runner: WorkflowRunner = {
    run(_order, tell) {
      const output = new ActOutput(['0', '1'], tell);
      for (const line of lines) output.line(line);
      output.end();
      return Promise.resolve('failure');
    },
  };
  const { route, send, github } = await routeWorld({ runner, files: { 'scale.yml': workflowText({ jobs }) } });
  try {
    const { logTail = [] } = await route.follow(await send(), () => undefined, signal);
    return logTail;
  } finally {
    await github.close();
  }
}

describe("What act says, as GitHub's log", () => {
  const whole = ['Patch', 'kubectl patch', 'hpa is forbidden', 'Process completed with exit code 1.'];

  it("has a step's failure behind its output, which act tells after it", async () => {
    assert.deepEqual(
      await tailOf(said(0, 'kubectl patch'), fails, said(0, 'hpa is forbidden'), failed, verdict),
      whole,
    );
  });

  it("keeps a step's last lines with the step, when they come after its result or while the next one runs", async () => {
    const [first, late] = [said(0, 'kubectl patch'), said(0, 'hpa is forbidden')];
    assert.deepEqual(await tailOf(first, fails, failed, late, ...tidied, verdict), whole);
    assert.deepEqual(await tailOf(first, fails, failed, ...tidied, late, verdict), whole);
    assert.deepEqual(await tailOf(first, fails, failed, ...tidied, verdict, late), whole);
    const [begins = '', ...rest] = tidied;
    assert.deepEqual(await tailOf(fails, failed, begins, first, ...rest, late, verdict), whole);
  });
});
