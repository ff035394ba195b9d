import assert from 'node:assert/strict';
import { CancelledError, JarvisError } from '../../../../src/core/errors.ts';
import type { AccessQuery } from '../../../../src/domain/kubernetes/cluster.ts';
import type { ScopeAlarms } from '../../../../src/domain/alarms/source.ts';
import { accessLinks } from '../../../../src/domain/set-up/access-links.ts';
import { queueLinks } from '../../../../src/domain/set-up/queue-links.ts';
import { githubLinks, lambdaLinks } from '../../../../src/domain/set-up/route-links.ts';
import { filesOf, labSetUp } from '../../../lab/github/team-files.ts';
import { aScope } from '../../../support/builders/alarms.ts';
import { workflowText } from '../../../support/github/practice.ts';
import { type World, routeWorlds, signal } from '../../../support/github/route-world.ts';
import { inShort } from '../../../support/set-up.ts';

const name = () => 'Scale HPA';
const words = { nameOf: name, token: () => Promise.resolve('kept') };

const unauthorized = new JarvisError({
  code: 'github.unauthorized',
  message: 'not signed in',
  remedies: [{ kind: 'signInGitHub' }],
});

describe('githubLinks', () => {
  const world = routeWorlds();
  const links = async ({ route }: World) => inShort(await githubLinks(route, ['scaleHpa'], words, signal));

  it('finds in order what the team was given', async () => {
    const [{ text } = { text: '' }] = await filesOf({ ...labSetUp, remedies: ['scaleHpa'], parts: ['workflows'] });
    const files = { 'scale.yml': text };
    assert.deepEqual(await links(await world({ files, protectedEnvironments: [labSetUp.team.environment] })), [
      'ok Sign-in to GitHub',
      'ok Repository',
      'ok Workflow of Scale HPA',
      'ok Environment operations on GitHub',
    ]);
  });

  it('tests no further than a link that is missing', async () => {
    assert.deepEqual(await links(await world({}, { token: 'revoked' })), [
      'missing Sign-in to GitHub → signInGitHub',
      'untested Repository',
      'untested Workflow of Scale HPA',
    ]);
    assert.deepEqual(await links(await world({}, { repository: 'acme/gone' })), [
      'ok Sign-in to GitHub',
      'missing Repository → openSetting',
      'untested Workflow of Scale HPA',
    ]);
    assert.deepEqual(await links(await world({}, { repository: '' })), [
      'untested Sign-in to GitHub',
      'missing Repository → openSetting',
      'untested Workflow of Scale HPA',
    ]);
    const nobody = { ...words, token: () => Promise.reject(unauthorized) };
    const { route } = await world({}, { repository: '' });
    const [signIn] = inShort(await githubLinks(route, ['scaleHpa'], nobody, signal));
    assert.equal(signIn, 'missing Sign-in to GitHub → signInGitHub');
    assert.deepEqual((await links(await world({}, { token: 'reader' })))[1], 'missing Repository → signInGitHub');
  });

  it('has a way out for a workflow that is missing, lacks an input, is disabled or not set', async () => {
    const last = async (each: World) => (await links(each)).find((line) => line.includes('Workflow'));
    assert.equal(await last(await world({}, { ref: 'feature' })), 'missing Workflow of Scale HPA → setUp');
    const inputs = '\n      cluster: { type: choice, options: [prod] }\n      plan_id: { type: string }';
    const lacking = await world({ files: { 'scale.yml': workflowText({ inputs }) } });
    assert.equal(await last(lacking), 'missing Workflow of Scale HPA → setUp');
    const disabled = await world();
    await disabled.github.call('PUT', '/repos/acme/ops/actions/workflows/scale.yml/disable');
    assert.equal(await last(disabled), 'missing Workflow of Scale HPA → retry');
    assert.equal(await last(await world({}, { workflows: {} })), 'missing Workflow of Scale HPA → openSetting');
  });

  it('only warns of a title without the plan, and of a choice that may have what a plan will send', async () => {
    const unnamed = await world({ files: { 'scale.yml': workflowText({ top: '' }) } });
    assert.equal((await links(unnamed))[2], 'warning Workflow of Scale HPA → setUp');
    const inputs = [
      'cluster: { type: choice, options: [prod] }',
      'namespace: {}',
      'hpa: {}',
      'max_replicas: {}',
      'plan_id: {}',
    ];
    const choosing = await world({
      files: { 'scale.yml': workflowText({ inputs: `\n      ${inputs.join('\n      ')}` }) },
    });
    assert.equal((await links(choosing))[2], 'warning Workflow of Scale HPA → setUp');
  });

  it('tells an environment with reviewers from one without, from none, and from one that only a run knows', async () => {
    const of = async (environment: string, options: Parameters<typeof world>[0] = {}) => {
      const jobs = `  scale: { runs-on: ubuntu-latest, ${environment} steps: [{ run: echo }] }`;
      return (await links(await world({ files: { 'scale.yml': workflowText({ jobs }) }, ...options })))[3];
    };
    const inProd = 'environment: prod,';
    const title = 'Environment prod on GitHub';
    assert.equal(await of(inProd, { protectedEnvironments: ['prod'] }), `ok ${title}`);
    assert.equal(await of('environment: { name: prod },', { protectedEnvironments: ['prod'] }), `ok ${title}`);
    assert.equal(await of(inProd, { openEnvironments: ['prod'] }), `warning ${title} → openUrl`);
    assert.equal(await of(inProd), `missing ${title} → openUrl`);
    assert.equal(
      await of("environment: '${{ inputs.cluster }}',"),
      'untested Environment ${{ inputs.cluster }} on GitHub → openUrl',
    );
    assert.equal(await of(''), 'warning Environment of Scale HPA → setUp');
  });

  it('does not know of an environment that GitHub does not show', async () => {
    const [{ text } = { text: '' }] = await filesOf({ ...labSetUp, remedies: ['scaleHpa'], parts: ['workflows'] });
    const hiding = await world({ files: { 'scale.yml': text } });
    hiding.github.fail({ match: /environments/, answer: { status: 403, message: 'not for you' } });
    assert.equal((await links(hiding))[3], 'untested Environment operations on GitHub → openUrl');
  });

  it('says when GitHub cannot be reached, and ends when nobody waits any more', async () => {
    const { route } = await world({}, { apiUrl: 'http://127.0.0.1:1' });
    const found = inShort(await githubLinks(route, ['scaleHpa'], words, signal));
    assert.match(found[0] ?? '', /^missing Sign-in to GitHub/);
    await assert.rejects(githubLinks(route, ['scaleHpa'], words, AbortSignal.abort()), CancelledError);
  });
});

describe('lambdaLinks', () => {
  it('tells a function that answers from one that does not, and from none', async () => {
    const settled = { route: 'lambda', payload: {}, preview: [] } as const;
    const missing = { code: 'lambda.missing', message: 'gone', severity: 'blocks' } as const;
    const unset = new JarvisError({ code: 'lambda.notConfigured', message: 'unset' });
    const links = async (prepare: () => Promise<typeof settled>, problems: readonly (typeof missing)[] = []) => {
      const route = { id: 'lambda', prepare, check: () => Promise.resolve(problems) } as const;
      return lambdaLinks(route, ['scaleHpa'], name, signal);
    };
    const prepared = () => Promise.resolve(settled);
    assert.deepEqual(inShort(await links(prepared)), ['ok Function of Scale HPA']);
    const [gone] = await links(prepared, [missing]);
    assert.deepEqual(inShort(gone ? [gone] : []), ['missing Function of Scale HPA → setUp']);
    assert.match(gone?.detail ?? '', /^gone .*terraform\/functions\.tf/);
    const notSet = await links(() => Promise.reject(unset));
    assert.deepEqual(inShort(notSet), ['missing Function of Scale HPA → openSetting']);
  });
});

describe('accessLinks', () => {
  const links = async (
    may: (query: AccessQuery) => boolean | Promise<boolean>,
    namespaces: (string | undefined)[] = ['shop'],
    writes: 'must' | 'may' = 'may',
  ) => {
    const cluster = {
      ref: { context: 'prod', cluster: 'prod', server: 'https://127.0.0.1' },
      may: async (query: AccessQuery) => ({ allowed: await may(query), reason: '' }),
    };
    return accessLinks(cluster, namespaces, ['scaleHpa'], { nameOf: name, writes }, signal);
  };

  it('is in order where everything may be done, in each namespace', async () => {
    assert.deepEqual(inShort(await links(() => true, ['shop', undefined])), [
      'ok Rights for Scale HPA in prod, shop',
      'ok Rights for Scale HPA in prod, all namespaces',
    ]);
  });

  it('misses what is needed for a plan, and warns of what only a direct write needs', async () => {
    const [blind] = await links(({ verb, resource }) => !(verb === 'watch' && resource === 'pods'));
    assert.deepEqual(
      [blind?.state, blind?.detail],
      ['missing', 'You may not watch pods: plans cannot be made or verified.'],
    );
    const [reading] = await links(({ verb, namespace }) => verb !== 'patch' && namespace === 'shop');
    assert.equal(reading?.state, 'warning');
    assert.match(reading.detail, /^You may not patch horizontalpodautoscalers\.autoscaling:/);
    const [only] = await links(({ verb }) => verb !== 'patch', ['shop'], 'must');
    assert.equal(only?.state, 'missing');
  });

  it('asks of many namespaces some at a time', async () => {
    let [asking, most] = [0, 0];
    const may = async () => {
      most = Math.max(most, ++asking);
      await Promise.resolve();
      asking--;
      return true;
    };
    const namespaces = Array.from({ length: 100 }, (_, n) => `shop-${n}`);
    assert.equal((await links(may, namespaces)).length, 100);
    assert.ok(most <= 100, `${most} at once`);
  });

  it('says what kept the question from being answered', async () => {
    const error = new JarvisError({ code: 'kube.offline', message: 'no answer', remedies: [{ kind: 'retry' }] });
    const [link] = await links(() => Promise.reject(error));
    assert.deepEqual([link?.state, link?.detail, link?.remedies], ['missing', 'no answer', error.remedies]);
    await assert.rejects(
      links(() => Promise.reject(new CancelledError())),
      CancelledError,
    );
  });
});

describe('queueLinks', () => {
  const error = new JarvisError({
    code: 'aws.credentialsExpired',
    message: 'expired',
    remedies: [{ kind: 'signInAws' }],
  });
  const of = (over: { queueUrl?: string; feed?: Partial<ScopeAlarms['feed']> }, failure?: JarvisError) => {
    const { scope, feed, ...rest } = aScope([], failure);
    const queue = over.queueUrl === undefined ? {} : { queueUrl: over.queueUrl };
    return inShort(
      queueLinks([{ ...rest, scope: { label: scope.label, ...queue }, feed: { ...feed, ...over.feed } }]),
    )[0];
  };
  const queueUrl = 'https://sqs.example/1/alarms';

  it('misses the account where there is none', () => {
    assert.deepEqual(inShort(queueLinks([])), ['missing Alarms → openSetting']);
  });

  it('tells a queue that is read from one that is not, and from none', () => {
    const { label } = aScope([]).scope;
    assert.equal(of({ queueUrl, feed: { mode: 'push' } }), `ok Alarms of ${label}`);
    assert.equal(
      of({ queueUrl, feed: { mode: 'poll', problem: 'denied' } }),
      `missing Alarms of ${label} → openSetting`,
    );
    assert.equal(of({ queueUrl, feed: { mode: 'poll' } }), `untested Alarms of ${label} → retry`);
    assert.equal(of({}), `warning Alarms of ${label} → openSetting`);
    assert.equal(of({ queueUrl }, error), `missing Alarms of ${label} → signInAws`);
  });
});
