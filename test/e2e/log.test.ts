import assert from 'node:assert/strict';
import { type Workbench, startWorkbench } from './support/workbench.ts';

describe('the log', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await startWorkbench();
  });
  after(() => workbench.close());

  it('opens from the palette and tells that Jarvis is active', async () => {
    await workbench.runCommand('Jarvis: Show Log');
    const output = workbench.page.locator('.output-view');
    await output.getByText('Jarvis is active').waitFor();
    await workbench.screenshot('log');
    assert.equal(await workbench.modal.count(), 0);
  });
});
