import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import type { Lab } from '../lab/lab.ts';
import { ActionPage } from './support/action-page.ts';
import { Boutique } from './support/boutique.ts';
import { startAtLab } from './support/lab.ts';
import type { Workbench } from './support/workbench.ts';

/** The same action without GitHub, from the palette: with the person's own credentials, to the API server. */
describe('the direct route', function () {
  this.timeout(60_000);
  this.bail(true);
  let lab: Lab;
  let workbench: Workbench;
  let boutique: Boutique;

  before(async function () {
    this.timeout(30 * 60_000); // the first start of a machine builds the lab
    const furnish = async (furnished: Lab) => {
      boutique = await Boutique.open(furnished);
      const kubeconfig = path.join(furnished.folder, 'config');
      await writeFile(kubeconfig, withSecondContext(await readFile(furnished.description.kubeconfig, 'utf8')));
      return { 'jarvis.kubernetes.kubeconfig': kubeconfig, 'jarvis.remediation.route': 'direct' };
    };
    ({ lab, workbench } = await startAtLab({ parts: [], furnish }));
  });
  after(async () => {
    await workbench.close();
    await lab.close();
  });

  const raised = () => ActionPage.find(workbench, 'Scale HPA web to at most 6 replicas');

  it('plans what the palette asked for: cluster, HPA and number', async () => {
    await workbench.runCommand('Jarvis: Scale HPA…');
    await workbench.pick('prod-seoul');
    await workbench.pick('web');
    await workbench.enter('Scale HPA web in boutique', '6');
    const page = await raised();
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
    const page = await ActionPage.find(workbench, 'Scale HPA web to at most 4 replicas');
    await page.confirm();
    await page.says(/verified/i);
    assert.equal(await boutique.maxReplicas(), 4);
  });
});

/** Two contexts, so that there is a choice; only the lab's own is meant. */
function withSecondContext(text: string): string {
  const config = parse(text) as { readonly contexts: readonly { readonly context: unknown }[] };
  const second = { name: 'prod-busan', context: config.contexts[0]?.context };
  return stringify({ ...config, contexts: [second, ...config.contexts] });
}
