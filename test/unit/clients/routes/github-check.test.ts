import assert from 'node:assert/strict';
import type { GithubRouteSettings } from '../../../../src/clients/routes/github.ts';
import { scaleInputs, workflowText } from '../../../support/github/practice.ts';
import { intent, routeWorlds, signal, thrown, type World } from '../../../support/github/route-world.ts';

describe('The GitHub route, before anything is sent', () => {
  const world = routeWorlds();

  const check = async ({ route }: World) => route.check(await route.prepare(intent(), signal), signal);
  const codes = async (each: World) => (await check(each)).map(({ code, severity }) => `${code} ${severity}`);

  describe('prepare', () => {
    it('pins server, repository, the default branch and all inputs', async () => {
      const { route, github } = await world();
      const { preview } = await route.prepare(intent('jv-7'), signal);
      const shown = Object.fromEntries(preview.map(({ label, value }) => [label, value]));
      assert.deepEqual(shown, {
        Server: github.apiUrl,
        Repository: 'acme/ops',
        Workflow: 'scale.yml @ main',
        ...scaleInputs('jv-7'),
      });
    });

    it('sends what the object was planned for as to the workflows that compare it', async () => {
      const planned = async (declared: string) => {
        const { route } = await world({ files: { 'scale.yml': workflowText({ inputs: declared }) } });
        const { preview } = await route.prepare(intent(), signal);
        return preview.find(({ label }) => label === 'planned_for')?.value;
      };
      assert.equal(await planned('\n      planned_for: { type: string }'), 'u1 4');
      assert.equal(await planned('\n      plan_id: { type: string }'), undefined);
    });

    it('says which setting is missing', async () => {
      const without = async (settings: Partial<GithubRouteSettings>) => {
        const { route } = await world({}, settings);
        const error = await thrown(route.prepare(intent(), signal));
        return [error.code, ...error.remedies.map((remedy) => ('setting' in remedy ? remedy.setting : remedy.kind))];
      };
      assert.deepEqual(await without({ repository: '' }), ['github.notConfigured', 'jarvis.github.repository']);
      assert.deepEqual(await without({ workflows: {} }), ['github.notConfigured', 'jarvis.remediation.workflows']);
    });
  });

  describe('check', () => {
    it('finds nothing wrong with a workflow that fits', async () => {
      assert.deepEqual(await check(await world()), []);
    });

    it('finds a workflow that is missing, or missing at the ref', async () => {
      assert.deepEqual(await codes(await world({}, { workflows: { scaleHpa: 'gone.yml' } })), [
        'github.workflowMissing blocks',
      ]);
      assert.deepEqual(await codes(await world({}, { ref: 'feature' })), ['github.workflowMissing blocks']);
    });

    it('finds a disabled workflow', async () => {
      const each = await world();
      await each.github.call('PUT', '/repos/acme/ops/actions/workflows/scale.yml/disable');
      assert.deepEqual(await codes(each), ['github.workflowDisabled blocks']);
    });

    it('tells every input that is missing, of another type or unknown to Jarvis', async () => {
      const text = workflowText({
        inputs: `
      cluster: { type: choice, options: [staging] }
      namespace: { type: string }
      max_replicas: { type: boolean }
      plan_id: { type: string }
      ticket: { type: string, required: true }
      team: { type: string, required: true, default: sre }`,
      });
      assert.deepEqual(await codes(await world({ files: { 'scale.yml': text } })), [
        'github.inputType blocks',
        'github.inputMissing blocks',
        'github.inputType blocks',
        'github.inputUnknown blocks',
      ]);
    });

    it('finds a workflow without the trigger, and one that is no YAML', async () => {
      const files = (text: string) => ({ files: { 'scale.yml': text } });
      assert.deepEqual(await codes(await world(files('on: push\njobs: {}'))), ['github.notDispatchable blocks']);
      assert.deepEqual(await codes(await world(files('on: [push'))), ['github.workflowBroken blocks']);
    });

    it('warns when runs could not be told apart by their name', async () => {
      const files = { 'scale.yml': workflowText({ top: '' }) };
      assert.deepEqual(await codes(await world({ files })), ['github.runNameLacksPlan warns']);
    });

    it('tells a reader from a stranger', async () => {
      assert.deepEqual(await codes(await world({}, { token: 'reader' })), ['github.forbidden blocks']);
      assert.deepEqual(await codes(await world({}, { token: 'stranger', ref: 'main' })), [
        'github.repositoryMissing blocks',
      ]);
    });

    for (const [what, match] of [
      ['repository', /acme\/ops$/],
      ['workflow', /workflows/],
    ] as const)
      it(`says in GitHub's words why a ${what} that is there may not be seen`, async () => {
        const each = await world({}, { ref: 'main' });
        const request = await each.route.prepare(intent(), signal);
        each.github.fail({ match, times: 2, answer: { status: 403, message: 'Resource not accessible by token' } });
        const problems = await each.route.check(request, signal);
        assert.deepEqual(
          problems.map(({ code, message }) => `${code} ${message}`),
          ['github.forbidden GitHub does not allow this: Resource not accessible by token'],
        );
      });

    it('throws, with the way out, when nobody is signed in', async () => {
      const error = await thrown(check(await world({}, { token: 'expired', ref: 'main' })));
      assert.deepEqual([error.code, error.remedies], ['github.unauthorized', [{ kind: 'signInGitHub' }]]);
    });
  });
});
