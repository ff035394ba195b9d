import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { Lab } from '../lab/lab.ts';
import { ActionPage } from './support/action-page.ts';
import { Boutique } from './support/boutique.ts';
import { startAtLab } from './support/lab.ts';
import { Ledger } from './support/ledger.ts';
import { Storefront } from './support/storefront.ts';
import { UserData } from './support/user-data.ts';
import type { Workbench } from './support/workbench.ts';

/** The same action without GitHub, from the palette: with the person's own credentials, and by a function of the team. */
describe('the routes without GitHub', function () {
  this.bail(true);
  let lab: Lab;
  let workbench: Workbench;
  let boutique: Boutique;
  let ledger: Ledger;
  let storefront: Storefront;
  let userData: UserData;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    userData = await UserData.make();
    const furnish = async (furnished: Lab) => {
      boutique = await Boutique.open(furnished);
      [ledger, storefront] = await Promise.all([Ledger.open(furnished), Storefront.open(furnished)]);
      const kubeconfig = path.join(furnished.folder, 'config');
      await writeFile(kubeconfig, withSecondContext(await readFile(furnished.description.kubeconfig, 'utf8')));
      const helm = path.join(furnished.description.bin, 'helm4');
      return {
        'jarvis.kubernetes.kubeconfig': kubeconfig,
        'jarvis.remediation.route': 'direct',
        'jarvis.helm.path': helm,
      };
    };
    ({ lab, workbench } = await startAtLab({ parts: ['aws'], userData: userData.folder, furnish }));
  });
  after(async () => {
    await workbench.close();
    await storefront.close();
    await lab.close();
    await userData.remove();
  });

  const pageOf = (maxReplicas: number) =>
    ActionPage.find(workbench, `Scale HPA web to at most ${maxReplicas} replicas`);
  const raised = () => pageOf(6);
  const planByPalette = async (maxReplicas: number) => {
    await workbench.runCommand('Jarvis: Scale HPA…');
    await workbench.pick('prod-seoul');
    await workbench.pick('web');
    await workbench.enter('Scale HPA web in boutique', String(maxReplicas));
    return pageOf(maxReplicas);
  };

  it('plans what the palette asked for: cluster, HPA and number', async () => {
    const page = await planByPalette(6);
    const facts = (await page.frame.locator('.plan-facts').textContent()) ?? '';
    for (const fact of ['Kubernetes API, directly', '/spec/maxReplicas = 4', '/spec/maxReplicas ← 6', 'jarvis'])
      assert.ok(facts.includes(fact), fact);
    assert.equal(await boutique.maxReplicas(), 4, 'a plan writes nothing');
  });

  it('writes after the confirmation, under its own name, and verifies it', async () => {
    const page = await raised();
    await page.confirm();
    await page.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 6);
    const managers = await boutique.kubectl('get', 'hpa', 'web', '-o', 'jsonpath={.metadata.managedFields[*].manager}');
    assert.ok(managers.split(' ').includes('jarvis'), managers);
  });

  it('takes it back', async () => {
    await (await raised()).press('Undo…');
    const page = await pageOf(4);
    await page.confirm();
    await page.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 4);
  });

  const closedShop = () => ActionPage.find(workbench, 'Switch shop to Web ACL deny-waf');

  it('plans another Web ACL from the row of an ingress: who decides, what visitors get now, and the page that they will get', async () => {
    const clusters = workbench.section('Clusters');
    await workbench.openView('Jarvis');
    for (const row of ['prod-seoul', 'boutique', 'Ingresses'])
      await workbench.expand(workbench.treeItem(row, clusters));
    await workbench.contextMenu(
      workbench.treeItem(/^shop.*shop\.example\.com · WAF allow-waf/, clusters),
      'Switch Web ACL…',
    );
    await workbench.pick('blocks by default with 403');
    await workbench.pick('Back after 15 minutes');
    const plan = (await closedShop()).line('plan');
    for (const fact of [
      /Set now by the annotation .*wafv2-acl-arn: arn:.*allow-waf/,
      /shop\.example\.com:\d+ answers now: 200 after \d+ ms/,
      /Visitors will get 403 and this page \(text\/html\): “We are mending the shop Back in a few minutes\.”/,
      'Jarvis switches it back 15 minutes after the change was seen.',
    ])
      await plan.getByText(fact).waitFor();
    assert.match(await storefront.visit(), /^200 Welcome/, 'a plan writes nothing');
    await workbench.notification('Jarvis is making the plan').waitFor({ state: 'hidden' });
    await plan.hover();
    await workbench.screenshot('waf-1-plan');
    await (await closedShop()).press('Read the page for visitors.html');
    const lines = workbench.page.locator('.editor-group-container.active .view-line');
    await lines.filter({ hasText: /<h1>We.are.mending.the.shop<\/h1>/ }).waitFor();
    await workbench.editorTab('Switch shop').click();
  });

  it('closes the shop with it: WAF and the visitors are asked', async () => {
    const page = await closedShop();
    await page.confirm(async (modal) => {
      assert.match((await modal.textContent()) ?? '', /prod-seoul.*boutique.*Ingress shop.*deny-waf/s);
    });
    await page.says(/verified/i);
    for (const seen of [/deny-waf stands before the load balancer/, /shop\.example\.com.* answers 403/])
      await page.tick(seen).locator('text=seen').waitFor();
    await page.line('record').getByText('Jarvis takes it back by itself at').waitFor();
    assert.match(await storefront.visit(), /^403 .*We are mending the shop/);
    await workbench.screenshot('waf-2-verified');
  });

  it('opens the shop again: the window was closed over its time, so a person is asked', async () => {
    await userData.backdateChanges(60 * 60_000);
    await workbench.reload();
    const question = workbench.notification(
      /deny-waf” is still to be taken back\. Its time was over 4[5-9] minutes ago\./,
    );
    await workbench.button('Plan It…', question).click();
    const page = await ActionPage.find(workbench, 'Switch shop to Web ACL allow-waf');
    await page.confirm();
    await page.says(/verified/i);
    assert.match(await storefront.visit(), /^200 Welcome/);
    await workbench.treeItem(/deny-waf.*undone/, workbench.section('Activity')).waitFor();
  });

  it('brings a bad revision of a Helm release back, from its row', async () => {
    const clusters = workbench.section('Clusters');
    await workbench.openView('Jarvis');
    for (const row of ['prod-seoul', 'boutique', 'Helm releases'])
      await workbench.expand(workbench.treeItem(row, clusters));
    await workbench.contextMenu(workbench.treeItem(/^ledger/, clusters), 'Roll Back Release…');
    await workbench.pick('revision 1');
    const page = await ActionPage.find(workbench, 'Roll back ledger to revision 1');
    const plan = page.line('plan');
    await plan.getByText('From a dry-run of the API server.').waitFor();
    await plan.getByText('Deployment ledger · spec.template.spec.containers[0].image').waitFor();
    assert.match(await ledger.image(), /broken/, 'a plan writes nothing');
    await page.confirm(async (modal) => {
      assert.match((await modal.textContent()) ?? '', /prod-seoul.*boutique.*Release ledger.*2\.9\.0/s);
    });
    await page.says(/verified/i);
    assert.match(await ledger.image(), /2\.9\.0$/);
    assert.equal(await ledger.history(), '1 superseded, 2 superseded, 3 deployed');
  });

  it('rescues one whose upgrade is stuck, once somebody says that its Helm is dead', async () => {
    await ledger.stick();
    const ask = async (answer: string) => {
      // a page that is being drawn takes the focus, and the list of choices goes with it
      await workbench.runCommand('View: Close All Editors');
      await workbench.runCommand('Jarvis: Roll Back Release…');
      for (const choice of ['prod-seoul', 'ledger', 'revision 3', answer]) await workbench.pick(choice);
    };
    await ask('It may still be at work');
    const blocked = await ActionPage.find(workbench, 'Roll back ledger to revision 3');
    await blocked.frame.getByText(/Revision 4 of ledger is pending-upgrade: helm.* may still be at work/i).waitFor();
    assert.equal(await blocked.offers('Confirm…'), false);
    await workbench.notification('Jarvis is making the plan').waitFor({ state: 'hidden' });
    await workbench.screenshot('rollback-blocked');
    await ask('It is dead');
    const page = await ActionPage.find(workbench, 'Roll back ledger to revision 3');
    await page.confirm();
    await page.says(/verified/i);
    assert.equal(await ledger.history(), '1 superseded, 2 superseded, 3 superseded, 4 pending-upgrade, 5 deployed');
  });

  it('goes through a function of the team: its account and region, its answer and its log are shown', async () => {
    await workbench.runCommand('View: Close All Editors');
    await userData.set({ 'jarvis.remediation.route': 'lambda' }, workbench.page);
    const page = await planByPalette(5);
    const facts = (await page.frame.locator('.plan-facts').textContent()) ?? '';
    for (const fact of ['AWS Lambda', 'jarvis-scale', '123456789012', 'ap-northeast-2', '"version": 1'])
      assert.ok(facts.includes(fact), fact);
    await page.confirm(async (modal) => {
      assert.match((await modal.textContent()) ?? '', /jarvis-scale · 123456789012 · ap-northeast-2/);
    });
    await page.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 5);
    const run = page.line('run');
    await run.getByText('jarvis-scale has done it: maxReplicas is 5').first().waitFor();
    await run.getByText('scaleHpa of HorizontalPodAutoscaler boutique/web').waitFor();
    await workbench.screenshot('lambda-route');
    await userData.set({ 'jarvis.remediation.route': 'direct' }, workbench.page);
  });

  it('writes to production only once it is unlocked with a reason, which the receipt tells', async () => {
    await workbench.runCommand('View: Close All Editors');
    const page = await planByPalette(7);
    await userData.set({ 'jarvis.production': { contexts: ['prod-*'] } }, workbench.page);
    await page.line('plan').getByText('prod-seoul › boutique is production and locked').waitFor();
    assert.equal(await page.button('Confirm…').count(), 0);
    await page.press('Unlock…');
    await workbench.enter('Unlock production: prod-seoul', 'INC-7: web stands at its maximum');
    await workbench.pick('15 minutes');
    const countdown = workbench.statusBarItem(/Unlocked, \d+ m/);
    await countdown.waitFor();
    await page.confirm();
    await page.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 7);
    await page
      .line('confirm')
      .getByText(/unlocked by \S+: INC-7: web stands at its maximum/)
      .waitFor();
    await workbench.screenshot('guards-unlocked');
    await workbench.reload();
    await countdown.click();
    await countdown.waitFor({ state: 'hidden' });
  });

  it('does not take it back either once it is locked again, whatever the page asks for', async () => {
    const done = await pageOf(7);
    await done.press('Undo…');
    const page = await pageOf(5);
    await page.button('Unlock…').waitFor();
    await workbench.notification('Jarvis is making the plan').waitFor({ state: 'hidden' });
    await workbench.screenshot('guards-locked');
    await page.post({ type: 'confirm', body: {} });
    await page.frame.locator('.notice-error').getByText('is production and locked').waitFor();
    assert.equal(await workbench.modal.count(), 0);
    assert.equal(await boutique.maxReplicas(), 7);
  });

  it('opens no terminal in a container there: who types in it may write', async () => {
    await workbench.runCommand('Jarvis: Open Terminal in Pod…');
    for (const choice of ['prod-seoul', 'boutique', 'web-']) await workbench.pick(choice);
    const refusal = workbench.notification('prod-seoul › boutique is production and locked');
    await refusal.getByText('Unlock…').waitFor();
    assert.equal(await workbench.page.locator('.terminal-wrapper').count(), 0);
  });
});

/** Two contexts, so that there is a choice; only the lab's own is meant. */
function withSecondContext(text: string): string {
  const config = parse(text) as { readonly contexts: readonly { readonly context: unknown }[] };
  const second = { name: 'prod-busan', context: config.contexts[0]?.context };
  return stringify({ ...config, contexts: [second, ...config.contexts] });
}
