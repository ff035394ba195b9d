import type { Container, Pod } from './model.ts';

/**
 * The containers that run as long as their pod does: the main ones and the sidecars. kubectl counts these in READY, and
 * their requests are what a running pod keeps taken.
 * Source: printPod in k8s.io/kubernetes pkg/printers/internalversion/printers.go.
 */
export function lastingContainers({ containers }: Pod): readonly Container[] {
  return containers.some(isInit) ? containers.filter((container) => !isInit(container)) : containers;
}

function isInit({ role }: Container): boolean {
  return role === 'init';
}
