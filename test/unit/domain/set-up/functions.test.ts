import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOf, labSetUp, writeFiles } from '../../../lab/github/team-files.ts';
import { run } from '../../../lab/process/run.ts';

describe('the functions that a team gets', function () {
  this.timeout(30_000);

  it('pass the tests that come with them, all of them and those of one remedy', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'jarvis-functions-'));
    const tested = async (remedies: typeof labSetUp.remedies, into: string) => {
      const files = await filesOf({ ...labSetUp, remedies, parts: ['functions'] });
      await writeFiles(join(folder, into), files);
      const tests = files.filter(({ path }) => path.endsWith('.test.mjs')).map(({ path }) => path);
      const told = await run(process.execPath, ['--test', '--test-reporter=tap', ...tests], {
        cwd: join(folder, into),
      });
      return [/^# pass (\d+)$/m.exec(told)?.[1], /^# fail (\d+)$/m.exec(told)?.[1]];
    };
    try {
      const [[passed, failed], [fewer, none]] = await Promise.all([
        tested(labSetUp.remedies, 'all'),
        tested(['scaleHpa'], 'scale'),
      ]);
      assert.deepEqual([failed, none], ['0', '0']);
      assert.ok(Number(passed) > Number(fewer) && Number(fewer) > 0, `${passed} of all, ${fewer} of one`);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
