import type { JarvisError } from '../../../src/core/errors.ts';
import type { Clock } from '../../../src/core/clock.ts';
import { Gate } from '../../../src/domain/remediation/guards/gate.ts';
import type { Protection } from '../../../src/domain/remediation/guards/protection.ts';
import type { Expectation, Observation } from '../../../src/domain/remediation/expectation.ts';
import type { Journal, JournalEntry } from '../../../src/domain/remediation/journal.ts';
import type { Mark, Observer, SeenField, TargetGuard } from '../../../src/domain/remediation/observer.ts';
import type { Plan } from '../../../src/domain/remediation/plan.ts';
import { planLifetimeMs } from '../../../src/domain/remediation/plan.ts';
import type {
  Route,
  RouteHandle,
  RouteProgress,
  RouteRequest,
  RouteResult,
} from '../../../src/domain/remediation/route.ts';
import type { Target } from '../../../src/domain/remediation/target.ts';

export const prod = { context: 'prod-seoul', server: 'https://prod.example', cluster: 'prod-seoul' };

export function aTarget(over: Partial<Target> = {}): Target {
  return {
    cluster: prod,
    kind: 'HorizontalPodAutoscaler',
    namespace: 'sock-shop',
    name: 'front-end',
    uid: 'uid-front-end',
    resourceVersion: '100',
    ...over,
  };
}

export const fieldExpectation: Expectation = {
  id: 'field',
  role: 'change',
  label: 'maxReplicas is 10',
  withinMs: 30_000,
  check: { kind: 'field', path: 'spec.maxReplicas', equals: 10 },
};

const recoveryExpectation: Expectation = {
  id: 'replicas',
  role: 'recovery',
  label: '10 replicas ready',
  withinMs: 300_000,
  check: { kind: 'replicasReady', of: 'Deployment', atLeast: 10 },
};

export function aPlan(clock: Clock, over: Partial<Plan> = {}): Plan {
  const createdAt = clock.now();
  return {
    id: 'jv-abcdefghijkmnpqr',
    remediation: 'scaleHpa',
    title: 'Scale HPA front-end to at most 10 replicas',
    target: aTarget(),
    inputs: { maxReplicas: 10 },
    actor: 'mina',
    createdAt,
    expiresAt: createdAt + planLifetimeMs,
    changes: [{ path: 'spec.maxReplicas', before: 4, after: 10 }],
    diffSource: { kind: 'server' },
    owners: [],
    effects: [],
    request: { route: 'direct', payload: { planId: 'jv-abcdefghijkmnpqr' }, preview: [] },
    problems: [],
    inverse: {
      inputs: { maxReplicas: 4 },
      summary: 'maxReplicas back from 10 to 4',
      requires: [{ path: 'spec.maxReplicas', before: 4, after: 10 }],
    },
    expectations: [fieldExpectation, recoveryExpectation],
    ...over,
  };
}

/** A journal in memory, which can be told to fail. */
export class MemoryJournal implements Journal {
  readonly entries: JournalEntry[] = [];
  /** Event types whose append fails, as on a full disk. */
  readonly refuses = new Set<JournalEntry['event']['type']>();
  failure: Error = new Error('disk full');

  get types(): string[] {
    return this.entries.map(({ event }) => event.type);
  }

  append(entry: JournalEntry): Promise<void> {
    if (this.refuses.has(entry.event.type)) return Promise.reject(this.failure);
    this.entries.push(structuredClone(entry));
    return Promise.resolve();
  }

  read(): Promise<readonly JournalEntry[]> {
    return Promise.resolve(this.entries);
  }

  /** What another window has claimed. */
  readonly taken = new Set<string>();

  claim(planId: string): Promise<boolean> {
    return Promise.resolve(!this.taken.has(planId));
  }
}

/** What the settings say where nothing is locked. */
export const unprotected: Protection = { production: { contexts: [], accounts: [], namespaces: [] }, readOnly: false };

/** A gate over the journal, whose settings a test can change. */
export function aGate(clock: Clock, journal: Journal) {
  const settings = { protection: unprotected };
  const ports = { clock, journal, actor: () => 'mina', protection: () => settings.protection, contexts: () => [prod] };
  return Object.assign(new Gate(ports), { settings });
}

/** A route whose every answer a test gives. */
export class FakeRoute implements Route {
  readonly id = 'direct';
  readonly sent: RouteRequest[] = [];
  readonly cancelled: RouteHandle[] = [];
  readonly handle: RouteHandle = { route: 'direct', payload: { run: 1 } };
  /** What the server knows of a request whose answer was lost. */
  recovered: RouteHandle | undefined;
  sendFails: Error | undefined;
  progress: readonly RouteProgress[] = [];
  #finish: ((result: RouteResult) => void) | undefined;
  #result: RouteResult | undefined;

  prepare(): Promise<RouteRequest> {
    return Promise.resolve({ route: this.id, payload: {}, preview: [] });
  }

  check(): Promise<readonly never[]> {
    return Promise.resolve([]);
  }

  send(request: RouteRequest): Promise<RouteHandle> {
    this.sent.push(request);
    return this.sendFails ? Promise.reject(this.sendFails) : Promise.resolve(this.handle);
  }

  recover(): Promise<RouteHandle | undefined> {
    return Promise.resolve(this.recovered);
  }

  follow(_handle: RouteHandle, onProgress: (progress: RouteProgress) => void): Promise<RouteResult> {
    for (const progress of this.progress) onProgress(progress);
    return new Promise((resolve) => {
      if (this.#result) resolve(this.#result);
      else this.#finish = resolve;
    });
  }

  cancel(handle: RouteHandle): Promise<void> {
    this.cancelled.push(handle);
    this.finish('cancelled');
    return Promise.resolve();
  }

  finish(outcome: RouteResult['outcome'], summary = outcome as string): void {
    this.#result = { outcome, summary };
    this.#finish?.(this.#result);
  }
}

/** Reports what a test says, when it says so. */
export class FakeObserver implements Observer {
  readonly #reports = new Map<string, (observation: Observation) => void>();
  readonly #known = new Map<string, Observation>();

  get watching(): string[] {
    return [...this.#reports.keys()];
  }

  observe(
    expectation: Expectation,
    _target: Target,
    report: (observation: Observation) => void,
    signal: AbortSignal,
  ): Promise<void> {
    this.#reports.set(expectation.id, report);
    signal.addEventListener('abort', () => this.#reports.delete(expectation.id));
    const known = this.#known.get(expectation.id);
    if (known) report(known);
    return Promise.resolve();
  }

  /** Now, and to whoever looks later. */
  sees(id: string, observation: Observation): void {
    this.#known.set(id, observation);
    this.#reports.get(id)?.(observation);
  }
}

export class FakeGuard implements TargetGuard {
  failure: Error | undefined;
  /** What it was last asked to look at. */
  asked: readonly SeenField[] = [];

  /** Which plan is said to have written last. */
  lastMark: Mark | undefined;

  mark(): Promise<Mark | undefined> {
    return Promise.resolve(this.lastMark);
  }

  /** How many follow the target now. */
  following = 0;
  #told = Promise.withResolvers<JarvisError>();

  assertUnchanged(_target: Target, fields: readonly SeenField[]): Promise<void> {
    this.asked = fields;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve();
  }

  async untilChanged(_target: Target, _fields: unknown, signal: AbortSignal): Promise<JarvisError | undefined> {
    this.following++;
    const stopped = new Promise<undefined>((resolve) => {
      signal.addEventListener('abort', () => resolve(undefined), { once: true });
    });
    return Promise.race([this.#told.promise, stopped]).finally(() => this.following--);
  }

  change(why: JarvisError): void {
    this.#told.resolve(why);
  }
}
