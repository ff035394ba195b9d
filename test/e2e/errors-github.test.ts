import assert from 'node:assert/strict';
import * as v from 'valibot';
import { secondaryLimit } from '../../src/practice/github/faults.ts';
import type { ActionPage } from './support/action-page.ts';
import { GithubDesk, maxBefore } from './support/github-desk.ts';
import { waitUntil } from './support/wait.ts';

const hpas = ['ads', 'cart', 'chat', 'feed', 'mail', 'maps', 'news', 'shop'] as const;

/** What goes wrong with GitHub Actions: what the person is told, and what was written. */
describe('GitHub Actions', () => {
  let desk: GithubDesk;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    desk = await GithubDesk.open(hpas);
  });
  after(() => desk.close());
  beforeEach(() => desk.workbench.runCommand('View: Close All Editors'));

  describe('before it runs', () => {
    async function nothingHappened() {
      assert.deepEqual(await desk.runs(), [], 'nothing was dispatched');
      assert.equal(await desk.maxReplicas('cart'), maxBefore);
    }

    /** The page says why, does not offer to confirm, and nothing was sent. */
    async function blocks(reason: RegExp) {
      const page = await desk.plan('cart', 6);
      await page.line('plan').getByText('Blocks:').waitFor();
      await page.line('plan').getByText(reason).waitFor();
      assert.equal(await page.button('Confirm…').count(), 0);
      await nothingHappened();
      return page;
    }

    /** A page with the button comes, be it a new one or not. */
    const confirmable = () =>
      waitUntil('a plan to confirm', async () => (await desk.page('cart', 6)).offers('Confirm…'));

    it('says that the workflow is missing, and plans again when it is there', async () => {
      await desk.use('nowhere.yml');
      const page = await blocks(/jarvis-lab\/operations has no workflow nowhere\.yml/);
      await desk.workbench.screenshot('error-workflow-missing');
      await desk.use('scale.yml');
      await page.press('Plan again');
      await confirmable();
    });

    it('says that the workflow is disabled', async () => {
      await desk.use('scale.yml');
      await desk.call('PUT', 'workflows/scale.yml/disable');
      await blocks(/scale\.yml is disabled on GitHub/);
      await desk.call('PUT', 'workflows/scale.yml/enable');
    });

    it('says which input the workflow lacks', async () => {
      await desk.use('scale-lacks-input.yml');
      await blocks(/does not declare the input max_replicas/);
    });

    it('says which input is of another type', async () => {
      await desk.use('scale-wrong-type.yml');
      await blocks(/takes the input max_replicas as small \| large, which "6" is not/);
    });

    it('says that this person may read but not dispatch (403)', async () => {
      await desk.use('scale.yml');
      await desk.signIn(desk.github.readerToken);
      await blocks(/You may read jarvis-lab\/operations but not dispatch its workflows/);
      await desk.signIn(desk.github.token);
    });

    it('asks for a new sign-in where GitHub takes the old one no more (401), and plans after it', async () => {
      const { workbench } = desk;
      await desk.signIn('ghp_revoked');
      await desk.ask('cart', 6);
      const notice = workbench.notification('GitHub does not accept the sign-in any more.');
      await notice.waitFor();
      await workbench.screenshot('error-sign-in');
      await nothingHappened();
      await workbench.button('Sign in to GitHub', notice).click();
      await workbench.enter(/Sign in to/, desk.github.token);
      await desk.choose('cart', 6);
      await confirmable();
    });

    it('says when GitHub lets it on where the rate limit is reached (403), and goes on then', async () => {
      const { workbench } = desk;
      desk.github.control.fail({ answer: secondaryLimit(3) });
      await desk.ask('cart', 6);
      const notice = workbench.notification("GitHub's rate limit is reached.");
      await notice.waitFor();
      await nothingHappened();
      const seconds =
        /It lets us on in (\d+) s\./.exec((await notice.textContent()) ?? '')?.[1] ?? assert.fail('says when');
      const then = Date.now() + Number(seconds) * 1000;
      await waitUntil('the time that it said', () => Promise.resolve(Date.now() >= then));
      await workbench.button('Try Again', notice).click();
      await desk.choose('cart', 6);
      await confirmable();
    });
  });

  describe('while it runs', () => {
    /** Plans to lower the maximum of an HPA to 6 through the workflow, and says yes. */
    async function start(workflow: string, hpa: (typeof hpas)[number]): Promise<ActionPage> {
      await desk.use(workflow);
      const page = await desk.plan(hpa, 6);
      await page.confirm();
      return page;
    }
    const unchanged = async (hpa: string) => assert.equal(await desk.maxReplicas(hpa), maxBefore);
    const newestRun = async () => (await desk.runs())[0] ?? assert.fail('nothing was dispatched');
    const says = (page: ActionPage, line: Parameters<ActionPage['line']>[0], text: RegExp | string) =>
      page.line(line).getByText(text).first().waitFor();

    it('shows the step that failed and the end of its log; nothing to undo', async () => {
      const page = await start('scale-fails.yml', 'ads');
      await page.says(/failed/i);
      await page.line('run').locator('.step-failure').filter({ hasText: 'Patch maxReplicas' }).waitFor();
      await says(page, 'run', /horizontalpodautoscalers\.autoscaling is forbidden/);
      await says(page, 'record', 'The cluster shows no change.');
      assert.equal(await page.button('Undo…').count(), 0);
      await page.button('Plan again').waitFor();
      await desk.workbench.screenshot('error-workflow-failed');
      await unchanged('ads');
    });

    it('offers to undo what a workflow wrote before it failed', async () => {
      const page = await start('scale-fails-late.yml', 'cart');
      await page.says(/failed/i);
      await says(page, 'run', /channel_not_found/);
      await says(page, 'record', 'The change was written all the same: it can be undone.');
      await page.button('Undo…').waitFor();
      assert.equal(await desk.maxReplicas('cart'), 6);
    });

    it('does not believe a workflow that says success', async () => {
      const page = await start('scale-says-success.yml', 'chat');
      await page.says(/not changed/i, 60_000);
      await says(page, 'record', 'Not changed: GitHub Actions said success, but the cluster shows no change.');
      assert.equal(await page.button('Undo…').count(), 0);
      await unchanged('chat');
    });

    it('stops the run when Cancel is pressed', async () => {
      const page = await start('scale-slow.yml', 'feed');
      await page.line('run').locator('.step-running').filter({ hasText: 'Wait for the change window' }).waitFor();
      await page.press('Cancel');
      await page.says(/cancelled/i);
      await says(page, 'record', 'Cancelled. The cluster shows no change.');
      assert.equal(await conclusion(await newestRun()), 'cancelled');
      await unchanged('feed');
    });

    it('tells that somebody cancelled the run on GitHub', async () => {
      const page = await start('scale-slow.yml', 'feed');
      await page.line('run').locator('.step-running').first().waitFor();
      await desk.call('POST', `runs/${await newestRun()}/cancel`);
      await page.says(/cancelled/i);
      await says(page, 'record', 'Cancelled. The cluster shows no change.');
      await unchanged('feed');
    });

    it('says that a run waits for an approval, and goes on after it', async () => {
      const page = await start('scale-with-approval.yml', 'mail');
      await says(page, 'run', 'Waits for an approval.');
      await says(page, 'run', /environment production/);
      await desk.workbench.screenshot('waits-for-approval');
      await unchanged('mail');
      await approve(await newestRun());
      await page.says(/verified/i);
      assert.equal(await desk.maxReplicas('mail'), 6);
    });

    it('says that no runner takes the run, and lets it be cancelled', async () => {
      const page = await start('scale-never-starts.yml', 'maps');
      await says(page, 'run', 'In the queue: no runner has taken it yet.');
      await page.press('Cancel');
      await page.says(/cancelled/i);
      await unchanged('maps');
    });

    it('says why GitHub did not take the dispatch (403 and 422)', async () => {
      const refusals = [
        { status: 403, message: 'Resource not accessible by personal access token' },
        { status: 422, message: "Workflow does not have 'workflow_dispatch' trigger" },
      ];
      const before = await desk.runs();
      for (const answer of refusals) {
        desk.github.control.fail({ match: /^POST .*dispatches$/, answer });
        const page = await start('scale.yml', 'news');
        await page.says(/failed/i);
        await says(page, 'run', answer.message);
        await page.button('Plan again').waitFor();
        await desk.workbench.runCommand('View: Close All Editors');
      }
      assert.deepEqual(await desk.runs(), before);
      await unchanged('news');
    });

    it('signs in where GitHub does not take the dispatch (401), and plans anew by itself', async () => {
      desk.github.control.fail({ match: /^POST .*dispatches$/, answer: { status: 401, message: 'Bad credentials' } });
      const page = await start('scale.yml', 'news');
      await page.says(/failed/i);
      await page.press('Sign in to GitHub');
      await desk.workbench.enter(/Sign in to/, desk.github.token);
      await waitUntil('a plan to confirm', async () => (await desk.page('news', 6)).offers('Confirm…'));
      await unchanged('news');
    });

    it('says until when GitHub wants silence (429), and goes on then', async () => {
      await desk.use('scale.yml');
      const page = await desk.plan('shop', 6);
      desk.github.control.fail({ match: /^GET .*\/actions\/runs\/\d+$/, answer: secondaryLimit(4, 429) });
      await page.confirm();
      await says(page, 'run', /Rate limit: asks again at .* The run goes on meanwhile\./);
      await page.says(/verified/i);
      assert.equal(await desk.maxReplicas('shop'), 6);
    });

    const anyRun = v.object({ conclusion: v.nullable(v.string()) });
    const conclusion = (id: number) =>
      waitUntil(
        'the run to end',
        async () => v.parse(anyRun, await desk.call('GET', `runs/${id}`)).conclusion ?? false,
      );

    async function approve(id: number) {
      const gate = v.object({ environment: v.object({ id: v.number() }) });
      const gates = v.parse(v.array(gate), await desk.call('GET', `runs/${id}/pending_deployments`));
      const environment_ids = gates.map(({ environment }) => environment.id);
      await desk.call('POST', `runs/${id}/pending_deployments`, { environment_ids, state: 'approved', comment: 'go' });
    }
  });
});
