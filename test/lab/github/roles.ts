import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { remedyNames } from '../../../src/domain/set-up/files.ts';
import type { Lab } from '../lab.ts';
import { teamMayAll } from '../cluster/objects.ts';
import { filesOf, labSetUp, writeFiles } from './team-files.ts';

/**
 * From now on a workflow that has assumed a remedy's role, and a function of the remedy, may do in the cluster what the
 * team's Kubernetes Role allows, and no more: the lab's part of an EKS access entry. The team's namespaces are there.
 */
export async function limitToRoles(lab: Lab): Promise<void> {
  if (!lab.github) throw new Error('the lab has no GitHub');
  await writeFiles(lab.folder, await filesOf({ ...labSetUp, parts: ['kubernetes'] }));
  await lab.kubectl('apply', '--recursive', '--filename', join(lab.folder, 'deploy', 'jarvis', 'kubernetes'));
  await lab.kubectl('delete', 'clusterrolebinding', teamMayAll);
  const kubeconfig = parse(await readFile(lab.description.kubeconfig, 'utf8')) as { users: { user: object }[] };
  for (const name of Object.values(remedyNames)) {
    const role = `jarvis-${name}`;
    const users = kubeconfig.users.map((each) => ({ ...each, user: { ...each.user, as: role, 'as-groups': [role] } }));
    await writeFile(join(lab.github.kubeconfigs, role), stringify({ ...kubeconfig, users }));
  }
}
