import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type SetUpRemedy, remedyNames, workflowOf } from '../../../src/domain/set-up/files.ts';
import type { Team } from '../../../src/domain/set-up/team.ts';
import { clusterName } from '../cluster/kubeconfig.ts';
import { root } from '../../support/process.ts';

/** The lab's team, of which the files that Jarvis writes for it speak. */
export const labTeam: Team = {
  region: 'ap-northeast-2',
  account: '123456789012',
  cluster: clusterName,
  namespaces: ['sock-shop'],
  repository: 'jarvis-lab/operations',
  environment: 'operations',
};

/** A template as it is shipped. */
function readTemplate(template: string): Promise<string> {
  return readFile(join(root, 'media', 'set-up', template), 'utf8');
}

/** What Set Up Remediation writes for the lab's team, and `scale-with-approval.yml`: the same for a guarded environment. */
export async function writeWorkflows(repository: string): Promise<void> {
  const remedies = Object.keys(remedyNames) as SetUpRemedy[];
  const files = await Promise.all(remedies.map((remedy) => workflowOf(remedy, labTeam, readTemplate)));
  const guarded = await workflowOf('scaleHpa', { ...labTeam, environment: 'production' }, readTemplate);
  for (const { path, text } of [...files, { ...guarded, path: '.github/workflows/scale-with-approval.yml' }]) {
    await mkdir(dirname(join(repository, path)), { recursive: true });
    await writeFile(join(repository, path), text);
  }
}
