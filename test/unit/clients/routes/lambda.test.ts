import assert from 'node:assert/strict';
import { DisposableStore } from '../../../../src/core/disposable.ts';
import type { RouteHandle, RouteProgress } from '../../../../src/domain/remediation/route.ts';
import { answer, functionError, lambdaWorld, withLog } from '../../../support/aws/lambda-world.ts';
import { awsError, type Answer } from '../../../support/aws/scripted-aws.ts';
import { practice } from '../../../support/github/practice.ts';
import { intent, signal, thrown } from '../../../support/github/route-world.ts';
import { ScriptedRunner, succeed } from '../../../support/github/scripted-runner.ts';

describe('The Lambda route', () => {
  let owned: DisposableStore;
  beforeEach(() => (owned = new DisposableStore()));
  afterEach(() => owned.dispose());
  const world = (settings?: Parameters<typeof lambdaWorld>[1]) => lambdaWorld(owned, settings);

  describe('send', () => {
    it('gives the function what is documented, and AWS the whole ARN', async () => {
      const { send, invocations } = await world();
      await send();
      const sent = invocations[0] ?? assert.fail('it was invoked');
      assert.equal(sent['function'], 'arn:aws:lambda:ap-northeast-2:123456789012:function:jarvis-scale');
      const { target, values, remediation, plannedFor } = intent();
      const { context, cluster, server } = target.cluster;
      assert.deepEqual(JSON.parse(String(sent['payload'])), {
        version: 1,
        planId: 'jv-1',
        remediation,
        target: { cluster, context, server, namespace: 'sock-shop', kind: target.kind, name: 'front-end', uid: 'u1' },
        values,
        plannedFor,
      });
    });

    it('sends nothing with the credentials of another account than the plan was made for', async () => {
      const { aws, route, prepare, invocations } = await world();
      const request = await prepare();
      assert.equal(request.account, '123456789012', 'it may be production');
      aws.on('GetCallerIdentity', callerOf('999999999999'));
      const error = await thrown(route.send(request, signal));
      assert.equal(error.code, 'lambda.accountChanged');
      assert.match(error.message, /999999999999.*123456789012/);
      assert.equal(invocations.length, 0);
      assert.equal(await route.recover(request, signal), undefined, 'it was not sent');
    });

    it('stays in the region of the plan when the default has moved', async () => {
      const { env, home, aws, route, prepare, invocations } = await world();
      const request = await prepare();
      env['AWS_REGION'] = 'us-east-1';
      home.config(`[profile sre]\nregion = us-east-1\nendpoint_url = ${aws.url}\n`);
      await route.send(request, signal);
      assert.match(String(invocations[0]?.['function']), /:ap-northeast-2:/);
    });

    it('invokes once, however often it is asked', async () => {
      const { route, prepare, invocations } = await world();
      const request = await prepare();
      const handles = [await route.send(request, signal), await route.send(request, signal)];
      assert.deepEqual(handles[0], handles[1]);
      assert.equal(invocations.length, 1);
    });

    const refusals: readonly (readonly [string, ReturnType<typeof awsError>, string, RegExp])[] = [
      ['is missing', awsError('ResourceNotFoundException', 404), 'lambda.missing', /no function arn:aws:lambda/],
      ['may not be invoked', awsError('AccessDeniedException', 403), 'lambda.forbidden', /lambda:InvokeFunction/],
      ['is throttled', awsError('TooManyRequestsException', 429, { 'retry-after': '7' }), 'lambda.throttled', /in 7 s/],
      ['is given too much', awsError('RequestTooLargeException', 413), 'aws.failed', /RequestTooLarge/],
    ];
    for (const [what, script, code, message] of refusals)
      it(`says that a function ${what}: asked once, and nothing was run`, async () => {
        const { route, prepare, onInvoke, invocations } = await world();
        onInvoke(script);
        const request = await prepare();
        const error = await thrown(route.send(request, signal));
        assert.equal(error.code, code);
        assert.match(error.message, message);
        assert.equal(invocations.length, 1);
        assert.equal(await route.recover(request, signal), undefined);
      });

    const losses: readonly (readonly [string, Answer, string])[] = [
      ['a cut connection', { hangUp: true }, 'aws.endpoint'],
      ['an error of the service', { status: 500, body: { __type: 'ServiceException' } }, 'aws.failed'],
    ];
    for (const [what, lost, code] of losses)
      it(`is in doubt after ${what}, and does not try again`, async () => {
        const { route, prepare, onInvoke, invocations } = await world();
        onInvoke(() => lost);
        const request = await prepare();
        assert.equal((await thrown(route.send(request, signal))).code, code);
        assert.equal((await thrown(route.recover(request, signal))).code, code);
        assert.equal(invocations.length, 1);
      });

    it('tells how long it is that nothing comes, by the time that the function may take', async () => {
      const { route, prepare, onInvoke, clock } = await world();
      const { promise: asked, resolve: wasAsked } = Promise.withResolvers<undefined>();
      onInvoke(() => {
        wasAsked(undefined);
        return new Promise(() => undefined);
      });
      const request = await prepare();
      const sent = route.send(request, signal);
      await asked;
      await clock.advance(3_000);
      const followed = thrown(route.follow(await sent, () => undefined, signal));
      await clock.advance(67_000);
      assert.match((await followed).message, /has not answered for 70 s/);
    });
  });

  describe('follow', () => {
    it('tells what the function says, and the end of its log as plain text', async () => {
      const { onInvoke, outcome } = await world();
      const lines = Array.from({ length: 50 }, (_, index) => `line ${index}`);
      onInvoke(() => withLog([...lines, '\u001b[31mpatched\u001b[0m', ''].join('\r\n'), answer()));
      const { outcome: how, summary, logTail = [] } = await outcome();
      assert.deepEqual([how, summary], ['success', 'jarvis-scale has done it: maxReplicas is 10']);
      assert.equal(logTail.length, 30);
      assert.equal(logTail.at(-1), '\uFFFD[31mpatched\uFFFD[0m');
    });

    it('takes an accepted plan for no more than that', async () => {
      const { onInvoke, outcome } = await world();
      onInvoke(() => answer({ status: 'accepted', message: undefined }));
      assert.deepEqual(await outcome(), { outcome: 'success', summary: 'jarvis-scale has taken it on', logTail: [] });
    });

    it('has AWS queue it where the answer is not waited for', async () => {
      const { onInvoke, outcome, invocations } = await world({
        functions: { scaleHpa: { function: 'jarvis-scale', mode: 'async' } },
      });
      onInvoke(() => ({ status: 202, body: '' }));
      const { outcome: how, summary } = await outcome();
      assert.equal(invocations[0]?.['type'], 'Event');
      assert.deepEqual([how, summary], ['success', 'AWS has queued jarvis-scale; it does not tell what comes of it']);
    });

    const failures: readonly (readonly [string, Answer, string, RegExp, boolean])[] = [
      [
        'no',
        answer({ status: 'failed', message: 'frozen until Monday' }),
        'lambda.failed',
        /frozen until Monday/,
        false,
      ],
      [
        'an error',
        functionError('RangeError', 'token expired'),
        'lambda.functionError',
        /RangeError: token expired/,
        false,
      ],
      [
        'an error that is no JSON',
        { headers: { 'x-amz-function-error': 'Unhandled' }, body: 'kaput' },
        'lambda.functionError',
        /kaput/,
        false,
      ],
      [
        'no end',
        functionError('Sandbox.Timedout', 'RequestId: 1 Error: Task timed out after 3.00 seconds'),
        'lambda.timedOut',
        /3\.00 s/,
        true,
      ],
      [
        'the end of older runtimes',
        functionError('', '2026-11-21T09:00:00Z 1 Task timed out after 3.00 seconds'),
        'lambda.timedOut',
        /3\.00 s/,
        true,
      ],
      ['nothing', { body: 'null' }, 'lambda.badAnswer', /null/, true],
      ['a page', { body: '<html>\u202Eoops</html>' }, 'lambda.badAnswer', /<html>\uFFFDoops/, true],
      ['another version', answer({ version: 2 }), 'lambda.badAnswer', /version/, true],
      ['another plan', answer({ planId: 'jv-2' }), 'lambda.badAnswer', /another plan: jv-2/, true],
      ['an unknown status', answer({ status: 'maybe' }), 'lambda.badAnswer', /status/, true],
      ['a run without a number', answer({ run: { repository: 'acme/ops' } }), 'lambda.badAnswer', /acme\/ops/, true],
      [
        'a run of no repository',
        answer({ run: { repository: '../../x', id: 1 } }),
        'lambda.badAnswer',
        /run\.repository/,
        true,
      ],
      ['a megabyte', answer({ message: 'x'.repeat(1 << 20) }), 'lambda.badAnswer', /1025 KB/, true],
    ];
    for (const [what, given, code, message, inDoubt] of failures)
      it(`says of a function that answers with ${what} that it is ${code}`, async () => {
        const { onInvoke, outcome } = await world();
        onInvoke(() => given);
        const result = await outcome();
        assert.deepEqual([result.outcome, result.code, result.inDoubt], ['failure', code, inDoubt]);
        assert.match(result.summary, message);
        assert.ok(result.summary.length < 700, 'a function cannot fill the page');
      });

    it('shows that a long work runs, and what came of it', async () => {
      const { route, prepare, onInvoke, clock } = await world();
      const { promise, resolve } = Promise.withResolvers<Answer>();
      const { promise: asked, resolve: wasAsked } = Promise.withResolvers<undefined>();
      onInvoke(() => {
        wasAsked(undefined);
        return promise;
      });
      const sent = route.send(await prepare(), signal);
      await asked;
      await clock.advance(3_000);
      const handle = await sent;
      const told: RouteProgress[] = [];
      const followed = route.follow(handle, (progress) => told.push(progress), signal);
      assert.equal((await thrown(route.cancel(handle, signal))).code, 'lambda.unstoppable');
      resolve(answer());
      assert.equal((await followed).outcome, 'success');
      assert.deepEqual(told, [{ status: 'running', headline: 'jarvis-scale is running', jobs: [] }]);
      await route.cancel(handle, signal); // has ended: nothing to do, nothing to complain about
    });

    it('knows after a reload what it knew before, and no more', async () => {
      const { route, otherWindow, send } = await world();
      const handle = JSON.parse(JSON.stringify(await send())) as RouteHandle;
      const result = await otherWindow().follow(handle, () => undefined, signal);
      assert.deepEqual(result, await route.follow(handle, () => undefined, signal));
      const unanswered = { ...handle, payload: { ...handle.payload, reply: undefined } };
      const lost = otherWindow().follow(JSON.parse(JSON.stringify(unanswered)) as RouteHandle, () => undefined, signal);
      assert.equal((await thrown(lost)).code, 'lambda.inDoubt');
    });
  });

  describe('a run of GitHub Actions that the function has started', () => {
    async function withGithub(runner = new ScriptedRunner(succeed)) {
      const github = await practice({ runner });
      owned.add({ dispose: () => void github.close() });
      const settings = { apiUrl: github.apiUrl, repository: 'acme/ops', workflows: { scaleHpa: 'scale.yml' } };
      const made = await world({ github: settings });
      const dispatch = async () => Number((await github.dispatch()).data.at('workflow_run_id'));
      return { ...made, github, dispatch, runner };
    }

    const pointers: readonly (readonly [string, (id: number) => object])[] = [
      ['number', (id) => ({ id })],
      ['page', (id) => ({ url: `https://elsewhere.example/acme/ops/actions/runs/${id}` })],
      ['workflow', () => ({ workflow: 'scale.yml' })],
    ];
    for (const [what, pointer] of pointers)
      it(`is followed where the answer gives its ${what}`, async () => {
        const { onInvoke, outcome, dispatch } = await withGithub();
        onInvoke(async () =>
          answer({ status: 'accepted', run: { repository: 'acme/ops', ...pointer(await dispatch()) } }),
        );
        const { outcome: how, summary } = await outcome();
        assert.deepEqual([how, summary], ['success', 'Run #1 succeeded']);
      });

    it('is cancelled in place of the function', async () => {
      const { onInvoke, send, route, dispatch } = await withGithub(new ScriptedRunner());
      onInvoke(async () => answer({ status: 'accepted', run: { repository: 'acme/ops', id: await dispatch() } }));
      const handle = await send();
      await route.cancel(handle, signal);
      assert.equal((await route.follow(handle, () => undefined, signal)).outcome, 'cancelled');
    });

    it('is found by a window that knows nothing, and followed', async () => {
      const { prepare, otherWindow, dispatch } = await withGithub();
      const request = await prepare();
      await dispatch();
      const other = otherWindow();
      const handle = (await other.recover(request, signal)) ?? assert.fail('it was sent');
      assert.equal((await other.follow(handle, () => undefined, signal)).outcome, 'success');
    });
  });

  describe('recover', () => {
    it('knows of its own plans which of them were sent', async () => {
      const { route, prepare, send } = await world();
      const handle = await send();
      assert.deepEqual(await route.recover(await prepare('jv-2'), signal), undefined);
      assert.deepEqual((await route.recover(await prepare('jv-1'), signal))?.payload, handle.payload);
    });

    it('is in doubt about those of a window that is gone', async () => {
      const { prepare, otherWindow } = await world();
      assert.equal((await thrown(otherWindow().recover(await prepare(), signal))).code, 'lambda.inDoubt');
    });
  });
});

const callerOf = (account: string) => () => ({
  headers: { 'content-type': 'text/xml' },
  body:
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>' +
    `<Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
});
