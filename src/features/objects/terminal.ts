import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { kubectlShell } from '../../domain/kubernetes/kubectl.ts';
import type { Cluster } from '../../domain/kubernetes/cluster.ts';
import type { Container } from '../../domain/kubernetes/model.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { named, once } from '../../domain/kubernetes/once.ts';
import type { Services } from '../../services.ts';
import { kubeconfigPaths } from '../../ui/kubeconfig-paths.ts';
import { patiently } from '../../ui/patiently.ts';
import { pick } from '../../ui/prompts.ts';
import { inWords, terminalInWords } from './in-words.ts';

/**
 * A terminal in a container of the pod, through the user's own kubectl. Who types there may change anything, so it is
 * locked like a write. @throws JarvisError, CancelledError
 */
export async function openTerminal(
  { clusters, runs }: Pick<Services, 'clusters' | 'runs'>,
  pod: ObjectRef,
  chosen: string | undefined,
): Promise<vscode.Terminal> {
  await runs.admit(pod);
  const kubectl = await findKubectl();
  const cluster = clusters.cluster(pod.cluster);
  await patiently(t('Reading {0}', inWords(pod)), (signal) => mayOpen(cluster, pod, signal));
  const container =
    chosen ??
    (await chooseContainer(
      pod,
      await patiently(t('Reading {0}', inWords(pod)), async (signal) =>
        named(await once(cluster, 'pods', pod.namespace, signal), 'Pod', pod.namespace, pod.name),
      ),
    ));
  // an unlock may have ended while one chose
  await runs.admit(pod);
  const terminal = vscode.window.createTerminal({
    name: terminalInWords(container, pod),
    iconPath: new vscode.ThemeIcon('terminal'),
    shellPath: kubectl,
    shellArgs: [...kubectlShell(pod, container)],
    env: { KUBECONFIG: kubeconfigPaths().join(delimiter) },
    isTransient: true,
  });
  terminal.show();
  return terminal;
}

/** kubectl would say so, too, in a terminal that is gone at once. @throws JarvisError kube.* */
async function mayOpen(cluster: Cluster, { group, resource, namespace, name }: ObjectRef, signal: AbortSignal) {
  const shell = { verb: 'create', group, resource, subresource: 'exec', namespace, name };
  const { allowed, reason } = await cluster.may(shell, signal);
  if (allowed) return;
  const message = t('You may not open a terminal in pod {0} of {1}. {2}', name, namespace, reason).trim();
  throw new JarvisError({ code: 'kube.forbidden', message });
}

/** Asks only where there is a choice. @throws JarvisError exec.notRunning, CancelledError */
async function chooseContainer(pod: ObjectRef, { containers }: { readonly containers: readonly Container[] }) {
  const running = containers.filter(({ state }) => state.kind === 'running');
  const [only, ...others] = running;
  if (!only)
    throw new JarvisError({
      code: 'exec.notRunning',
      message: t('No container of {0} runs.', inWords(pod)),
      remedies: [{ kind: 'retry' }],
    });
  if (others.length === 0) return only.name;
  const choices = running.map(({ name, image, role }) => ({
    label: name,
    description: role === 'main' ? '' : role,
    detail: image,
    value: name,
  }));
  return pick(choices, { title: t('Terminal in which container of {0}?', pod.name) });
}

/** In the PATH, never in a folder that depends on where we are. @throws JarvisError tools.kubectlMissing */
async function findKubectl(): Promise<string> {
  const file = process.platform === 'win32' ? 'kubectl.exe' : 'kubectl';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => isAbsolute(folder));
  for (const folder of folders) {
    const path = join(folder, file);
    if (await isProgram(path)) return path;
  }
  throw new JarvisError({
    code: 'tools.kubectlMissing',
    message: t('kubectl is not installed, or not in the PATH that VS Code was started with.'),
    remedies: [{ kind: 'openUrl', url: 'https://kubernetes.io/docs/tasks/tools/' }, { kind: 'retry' }],
  });
}

async function isProgram(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
