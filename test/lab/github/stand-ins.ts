import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { labSetUp } from './team-files.ts';

/** The actions of others that the workflows use, with the folder that act takes for each. */
export const localActions = [
  [
    'aws-actions/configure-aws-credentials@e6de054238d6b7531b4efff3b6587d9aade6a06c',
    join(import.meta.dirname, 'actions', 'configure-aws-credentials'),
  ],
] as const;

/**
 * An `aws` that knows one cluster of the team's: tells its ARN (`aws eks describe-cluster --name=…`), and writes a
 * kubeconfig (`aws eks update-kubeconfig --name=…`) to `$KUBECONFIG`, or where the real one does without it: the one in
 * `kubeconfigs` that is called as the assumed role, else the given one.
 * @returns the folder that holds it
 */
export async function writeAws(
  folder: string,
  { cluster, kubeconfig, kubeconfigs }: { cluster: string; kubeconfig: string; kubeconfigs: string },
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'aws');
  await writeFile(file, script(cluster, kubeconfig, kubeconfigs));
  await chmod(file, 0o755);
  return folder;
}

function script(cluster: string, kubeconfig: string, kubeconfigs: string): string {
  const { region, account } = labSetUp.team;
  return `#!/bin/sh
case "$1 $2 $#" in
  'eks update-kubeconfig 3' | 'eks describe-cluster 5') ;;
  *) echo "not in the lab: aws $*" >&2; exit 252 ;;
esac
if [ "$3" != '--name=${cluster}' ]; then
  echo "An error occurred (ResourceNotFoundException) when calling the DescribeCluster operation: No cluster found for $3." >&2
  exit 254
fi
if [ "$2 $4 $5" = 'describe-cluster --query=cluster.arn --output=text' ]; then
  echo 'arn:aws:eks:${region}:${account}:cluster/${cluster}'
  exit
fi
file=\${KUBECONFIG:-$HOME/.kube/config}
mkdir -p "$(dirname "$file")"
own='${kubeconfigs}'/"$ASSUMED_ROLE"
if [ -f "$own" ]; then cp "$own" "$file"; else cp '${kubeconfig}' "$file"; fi
echo "Added new context ${cluster} to $file"
`;
}
