import { ok } from './answers.ts';
import { repositoryRoutes } from './handlers-repository.ts';
import { runRoutes } from './handlers-runs.ts';
import { workflowRoutes } from './handlers-workflows.ts';
import type { RateLimit } from './rate-limit.ts';
import { type Route, route } from './router.ts';
import type { State } from './state.ts';

/** Every operation that this server knows. */
export function handlersOf(state: State, limit: RateLimit): readonly Route[] {
  const rate = () => limit.state();
  return [
    route('GET', '/rate_limit', () => ok({ resources: { core: rate(), search: rate() }, rate: rate() })),
    ...runRoutes(state),
    ...workflowRoutes(state),
    ...repositoryRoutes(state),
  ];
}
