import assert from 'node:assert/strict';
import { secondaryLimit } from '../../src/practice/github/faults.ts';
import { waitUntil } from './support/wait.ts';
import { GithubDesk, maxBefore } from './support/github-desk.ts';

/** What keeps a workflow from being dispatched: said on the plan's page, or before there is one. */
describe('before GitHub Actions runs', function () {
  this.timeout(60_000);
  let desk: GithubDesk;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    desk = await GithubDesk.open(['cart']);
  });
  after(() => desk.close());
  beforeEach(() => desk.workbench.runCommand('View: Close All Editors'));

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
    waitUntil('a plan to confirm', async () => (await desk.page('cart', 6)).button('Confirm…').isVisible());

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
