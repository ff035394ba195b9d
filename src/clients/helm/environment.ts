/**
 * Helm's own variables that would lead it elsewhere than the plan says (HELM_KUBEAPISERVER, HELM_NAMESPACE, HELM_DRIVER …),
 * and the kubeconfig of whoever started VS Code, are not handed on; where its plugins and caches are is.
 * Source: helm.sh/helm pkg/cli, environment.go.
 */
export function helmEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !leads.test(name));
  return Object.fromEntries(kept);
}

const leads = /^(KUBECONFIG|HELM_(KUBE.*|NAMESPACE|DRIVER.*))$/i;
