import type { RemediationId } from '../../../src/domain/remediation/remediation-id.ts';
import type { Route } from '../../../src/domain/remediation/route.ts';
import type { World } from './world.ts';

/** One way to carry plans out: with every remedy it is held to the contract. */
export interface RouteSuite {
  readonly title: string;
  /** What carries each remedy out, its workflow or function for instance. */
  readonly carriers: Readonly<Record<RemediationId, string>>;
  readonly route: (world: World, remedy: RemediationId) => Route;
  /** Defines the tests of what only this way has. */
  readonly ofItsOwn: (world: () => World) => void;
}

/** For `runs.plan`: of a deployment's HPA in `sock-shop`. */
export const scaleTo = ({ ref }: World, maxReplicas: number, name = 'front-end') => ({
  remediation: 'scaleHpa' as const,
  pointer: { cluster: ref, kind: 'HorizontalPodAutoscaler' as const, namespace: 'sock-shop', name },
  inputs: { maxReplicas },
});

export async function maxReplicas({ lab }: World, name = 'front-end'): Promise<number> {
  return Number(await lab.kubectl('-n', 'sock-shop', 'get', 'hpa', name, '-o', 'jsonpath={.spec.maxReplicas}'));
}
