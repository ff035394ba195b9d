import * as vscode from 'vscode';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import { kubectlGet, shellCommand } from '../../domain/kubernetes/kubectl.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { kubectlVariables } from '../../ui/kubeconfig-paths.ts';

/** @throws JarvisError objects.unprintable */
export async function copyKubectl(object: ObjectRef): Promise<void> {
  await vscode.env.clipboard.writeText(shellCommand(['kubectl', ...kubectlGet(object)], kubectlVariables()));
}

/** For `kubectl get --raw` and the API's other clients. */
export async function copyPath(object: ObjectRef): Promise<void> {
  await vscode.env.clipboard.writeText(apiPath(object, object.namespace, object.name));
}
