import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type SetUp, type SetUpRemedy, remedyNames, setUpFiles, setUpParts } from '../../../src/domain/set-up/files.ts';
import { root } from '../../support/process.ts';
import { clusterName } from '../cluster/kubeconfig.ts';

/** Everything that Set Up Remediation can write, for the lab's team. */
export const labSetUp: SetUp = {
  team: {
    region: 'ap-northeast-2',
    account: '123456789012',
    cluster: clusterName,
    namespaces: ['sock-shop'],
    repository: 'jarvis-lab/operations',
    environment: 'operations',
  },
  remedies: Object.keys(remedyNames) as SetUpRemedy[],
  parts: setUpParts,
};

/** What it writes then, by the templates that are shipped. */
export function filesOf(setUp: SetUp) {
  return setUpFiles(setUp, (template) => readFile(join(root, 'media', 'set-up', template), 'utf8'));
}

/** The workflows, and `scale-with-approval.yml`: the same for a guarded environment. */
export async function writeWorkflows(repository: string): Promise<void> {
  const parts = ['workflows'] as const;
  const files = await filesOf({ ...labSetUp, parts });
  const team = { ...labSetUp.team, environment: 'production' };
  const guarded = (await filesOf({ team, remedies: ['scaleHpa'], parts })).filter(({ path }) => path.endsWith('.yml'));
  await writeFiles(repository, [
    ...files,
    ...guarded.map(({ text }) => ({ path: '.github/workflows/scale-with-approval.yml', text })),
  ]);
}

/** Into a folder, which is made. */
export async function writeFiles(folder: string, files: Awaited<ReturnType<typeof filesOf>>): Promise<void> {
  for (const { path, text } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}
