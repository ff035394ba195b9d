import { type Clock } from '../../core/clock.ts';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { withConsequences } from './guards/consequences.ts';
import { type Plan, planLifetimeMs } from './plan.ts';
import { newPlanId } from './plan-id.ts';
import type { Draft, PlanContext, Remediation } from './remediation.ts';
import type { RemediationId } from './remediation-id.ts';
import type { Route, RouteId } from './route.ts';
import type { PlanRequest } from './runs.ts';
import type { ObjectPointer } from './target.ts';

export interface PlannerPorts {
  readonly clock: Clock;
  readonly remediations: Readonly<Record<RemediationId, Remediation>>;
  readonly routes: readonly Route[];
  /** The route of the settings, for requests that name none. */
  readonly defaultRoute: () => RouteId;
  readonly context: (request: { readonly pointer: ObjectPointer }) => Omit<PlanContext, 'planId'>;
  /** Who is at the keyboard, for the record. */
  readonly actor: () => string;
}

/** Makes plans: the remediation says what, the route says how, the planner pins both. Writes nothing. */
export class Planner {
  readonly #ports: PlannerPorts;

  constructor(ports: PlannerPorts) {
    this.#ports = ports;
  }

  async plan(request: PlanRequest, signal: AbortSignal, undoOf?: string): Promise<Plan> {
    const id = newPlanId();
    const context = { ...this.#ports.context(request), planId: id };
    const draft = await this.#ports.remediations[request.remediation].draft(request, context, signal);
    const route = this.route(request.route ?? this.#ports.defaultRoute());
    const [sent, owners] = await Promise.all([
      this.#route(route, id, request.remediation, draft, signal),
      withConsequences(draft.owners, context.cluster, signal),
    ]);
    const createdAt = this.#ports.clock.now();
    return {
      ...said(draft),
      owners,
      ...sent,
      id,
      remediation: request.remediation,
      actor: this.#ports.actor(),
      createdAt,
      expiresAt: createdAt + planLifetimeMs,
      ...(request.alarm && { alarm: request.alarm }),
      ...(undoOf !== undefined && { undoOf }),
    };
  }

  /** Is what the plan stands on, beside its object, still there? @throws JarvisError */
  async recheck(plan: Plan, signal: AbortSignal): Promise<void> {
    const context = { ...this.#ports.context({ pointer: plan.target }), planId: plan.id };
    await this.#ports.remediations[plan.remediation].recheck?.(plan, context, signal);
  }

  route(id: RouteId): Route {
    const route = this.#ports.routes.find((candidate) => candidate.id === id);
    if (route) return route;
    throw new JarvisError({
      code: 'remediation.unknownRoute',
      message: t('There is no route named "{0}".', id),
      remedies: [{ kind: 'openSetting', setting: 'jarvis.remediation.route' }],
    });
  }

  async #route(route: Route, planId: string, remediation: RemediationId, draft: Draft, signal: AbortSignal) {
    const { target, plannedFor, operation } = draft;
    const values = { ...draft.values, plan_id: planId };
    const request = await route.prepare({ planId, remediation, target, values, plannedFor, operation }, signal);
    const problems = [...(draft.problems ?? []), ...(await route.check(request, signal))];
    const accounts = [...(draft.accounts ?? []), ...(request.account === undefined ? [] : [request.account])];
    return { request, problems, ...(accounts.length > 0 && { accounts }) };
  }
}

/** What a draft says to people; its values and operation go into the route's request, its owners are asked. */
function said(draft: Draft) {
  const { title, target, inputs, changes, diffSource, effects, inverse, expectations } = draft;
  const { holds, reasons, documents, namespaces, backAfterMs } = draft;
  const facts = { title, target, inputs, changes, diffSource, effects, inverse, expectations };
  const more = { ...(holds && { holds }), ...(reasons && { reasons }), ...(documents && { documents }) };
  const bounds = { ...(namespaces && { namespaces }), ...(backAfterMs !== undefined && { backAfterMs }) };
  return { ...facts, ...more, ...bounds };
}
