import assert from 'node:assert/strict';
import type { LambdaRouteSettings } from '../../../../src/clients/routes/lambda/settings.ts';
import { DisposableStore } from '../../../../src/core/disposable.ts';
import { lambdaWorld } from '../../../support/aws/lambda-world.ts';
import { awsError } from '../../../support/aws/scripted-aws.ts';
import { signal, thrown } from '../../../support/github/route-world.ts';

const here = 'arn:aws:lambda:ap-northeast-2:123456789012:function:jarvis-scale';

describe('The Lambda route, before anything is sent', () => {
  let owned: DisposableStore;
  beforeEach(() => (owned = new DisposableStore()));
  afterEach(() => owned.dispose());
  const world = (settings?: Partial<LambdaRouteSettings>) => lambdaWorld(owned, settings);

  describe('prepare', () => {
    const written: readonly (readonly [unknown, string])[] = [
      ['jarvis-scale', here],
      ['jarvis-scale:live', `${here}:live`],
      [here, here],
      [{ function: `${here}:7`, scope: 'Prod' }, `${here}:7`],
    ];
    for (const [setting, arn] of written)
      it(`takes ${JSON.stringify(setting)} for ${arn}`, async () => {
        const { prepare } = await world({ functions: { scaleHpa: setting } });
        assert.equal((await prepare()).payload['arn'], arn);
      });

    it('shows function, account, region and the very payload', async () => {
      const { preview } = await (await world({ scopes: [{ label: 'Prod', profile: 'sre' }] })).prepare();
      const shown = Object.fromEntries(preview.map(({ label, value }) => [label, value]));
      assert.deepEqual(
        [shown['Function'], shown['AWS account'], shown['Region'], shown['AWS scope']],
        ['jarvis-scale', '123456789012', 'ap-northeast-2', 'Prod (sre)'],
      );
      assert.equal((JSON.parse(shown['Payload'] ?? '') as { planId: string }).planId, 'jv-1');
    });

    const prod = { label: 'Prod' };
    const missing: readonly (readonly [string, Partial<LambdaRouteSettings>, string, string])[] = [
      ['names no function', { functions: {} }, 'lambda.notConfigured', 'jarvis.remediation.functions'],
      ['names no name', { functions: { scaleHpa: 'a b' } }, 'lambda.notConfigured', 'jarvis.remediation.functions'],
      ['is no text', { functions: { scaleHpa: 7 } }, 'lambda.notConfigured', 'jarvis.remediation.functions'],
      [
        'leaves two scopes',
        { scopes: [prod, { label: 'Dev' }] },
        'lambda.scopeMissing',
        'jarvis.remediation.functions',
      ],
      [
        'names a scope that is not there',
        { functions: { scaleHpa: { function: 'f', scope: 'Dev' } } },
        'lambda.scopeMissing',
        'jarvis.remediation.functions',
      ],
      ['finds no AWS', { scopes: [] }, 'lambda.scopeMissing', 'jarvis.aws.scopes'],
    ];
    for (const [what, settings, code, setting] of missing)
      it(`says where to set it when the setting ${what}`, async () => {
        const { code: said, remedies } = await thrown((await world(settings)).prepare());
        assert.deepEqual([said, remedies], [code, [{ kind: 'openSetting', setting }]]);
      });
  });

  describe('check', () => {
    async function problems({ route, prepare }: Awaited<ReturnType<typeof lambdaWorld>>) {
      const found = await route.check(await prepare(), signal);
      return found.map(({ code, severity }) => `${code} ${severity}`);
    }

    it('finds nothing wrong with a function that is ready, and does not run it', async () => {
      const made = await world();
      assert.deepEqual(await problems(made), []);
      assert.deepEqual(made.invocations, []);
    });

    it('says once that there is no such function', async () => {
      const made = await world();
      made.aws.on('GetFunctionConfiguration', awsError('ResourceNotFoundException', 404));
      made.aws.on('Invoke', awsError('ResourceNotFoundException', 404));
      assert.deepEqual(await problems(made), ['lambda.missing blocks']);
    });

    for (const state of ['Pending', 'Inactive', 'Failed'])
      it(`blocks a function that is ${state}, with AWS's reason`, async () => {
        const made = await world();
        made.aws.on('GetFunctionConfiguration', () => ({ body: { State: state, StateReason: 'no subnet' } }));
        assert.deepEqual(await problems(made), ['lambda.notActive blocks']);
        const [problem] = await made.route.check(await made.prepare(), signal);
        assert.match(problem?.message ?? '', new RegExp(`${state}. no subnet`));
      });

    it('blocks who may not invoke, and warns who may not look', async () => {
      const made = await world();
      made.aws.on('GetFunctionConfiguration', awsError('AccessDeniedException', 403));
      assert.deepEqual(await problems(made), ['lambda.forbidden warns']);
      made.aws.on('Invoke', awsError('AccessDeniedException', 403));
      assert.deepEqual(await problems(made), ['lambda.forbidden blocks']);
    });

    it('blocks a function of another account or region than the credentials', async () => {
      const elsewhere = 'arn:aws:lambda:us-east-1:999999999999:function:jarvis-scale';
      const made = await world({ functions: { scaleHpa: elsewhere } });
      assert.deepEqual(await problems(made), ['lambda.wrongAccount blocks', 'lambda.wrongRegion blocks']);
      assert.ok(!made.aws.calls.includes('Invoke'), 'it is not even asked for');
    });
  });
});
