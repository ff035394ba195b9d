import type { Clock } from '../../core/clock.ts';
import { type Disposable, madeLater } from '../../core/disposable.ts';
import { isCancelled, toJarvisError, type JarvisError } from '../../core/errors.ts';
import { errorOf, failed, loading, type Loadable, mapLoadable, valueOf } from '../../core/loadable.ts';
import type { Logger } from '../../core/log.ts';
import type { AlarmNotice } from '../../domain/alarms/message.ts';
import type { Alarm, AwsIdentity, AwsScope } from '../../domain/alarms/model.ts';
import type { AlarmChange, AlarmFeed, ScopeAlarms } from '../../domain/alarms/source.ts';
import { pollSeconds, retryMs, withJitter } from './pace.ts';
import type { QueueState } from './queue-reader.ts';
import type { AwsSession } from './session.ts';
import type { AwsSessions } from './sessions.ts';

type Alarms = ReadonlyMap<string, Alarm>;

export interface FeedPorts {
  readonly sessions: AwsSessions;
  readonly clock: Clock;
  readonly log: Logger;
  /** Setting `jarvis.alarms.pollSeconds`. */
  readonly pollSeconds: () => number;
  readonly onChange: () => void;
  readonly onTransition: (changes: readonly AlarmChange[]) => void;
  /** News from this scope's queue, which may be about alarms of other scopes. */
  readonly onNotices: (notices: readonly AlarmNotice[]) => Promise<void>;
}

/** The alarms of one scope: loads them, polls while visible, confirms what the queue says. */
export class ScopeFeed implements Disposable {
  readonly scope: AwsScope;
  readonly #ports: FeedPorts;
  readonly #end = new AbortController();
  #alarms: Loadable<Alarms> = loading;
  /** Something was in ALARM when last heard of. */
  #ringing = false;
  #identity: AwsIdentity | undefined;
  #queue: Disposable | undefined;
  #queueState: QueueState = { open: false };
  #visible = false;
  #timer: Disposable | undefined;
  #loading: Promise<void> | undefined;
  /** What was confirmed while a load is under way; it is newer than the load's own answer. Undefined: gone. */
  #meanwhile = new Map<string, Alarm | undefined>();
  #lastTry = -Infinity;
  #lastChange = -Infinity;
  #failures = 0;
  /** Why the last look failed; undefined when it did not. */
  #trouble: JarvisError | undefined;

  constructor(scope: AwsScope, ports: FeedPorts) {
    this.scope = scope;
    this.#ports = ports;
  }

  get snapshot(): ScopeAlarms {
    return { scope: this.scope, identity: this.#identity, alarms: this.#alarms, feed: this.#feed };
  }

  get error(): JarvisError | undefined {
    return errorOf(this.#alarms);
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (visible) this.#queue ??= this.#openQueue();
    this.#schedule();
    this.#ports.onChange();
  }

  /** Asks now; callers at the same time share one load. Failures are told by the state, so it never rejects. */
  load(): Promise<void> {
    this.#loading ??= this.#load().finally(() => {
      this.#loading = undefined;
      this.#schedule();
    });
    return this.#loading;
  }

  /** Asks for these alarms only and takes what it hears. @throws JarvisError */
  async confirm(names: readonly string[], signal: AbortSignal = this.#end.signal): Promise<Alarms> {
    const found = await this.#use((session) => session.alarms(names, signal));
    this.#merge(names, found);
    return byArn(found);
  }

  /** Is the notice about an alarm of this scope? Until the scope's account is known, its region must do. */
  covers(notice: AlarmNotice): boolean {
    if (!this.#identity) return this.scope.region === undefined || this.scope.region === notice.region;
    return this.#identity.region === notice.region && this.#identity.account === notice.account;
  }

  dispose(): void {
    this.#end.abort();
    this.#timer?.dispose();
    this.#queue?.dispose();
  }

  get #feed(): AlarmFeed {
    const polls = this.#visible ? 'poll' : 'paused';
    const { open, problem } = this.#queueState;
    return {
      mode: open ? 'push' : polls,
      pollSeconds: this.#pollSeconds,
      callsPerMinute: this.#ports.sessions.callsPerMinute(this.scope),
      ...(this.#trouble?.code === 'aws.throttled' ? { slowed: true } : {}),
      ...(problem === undefined ? {} : { problem }),
    };
  }

  get #pollSeconds(): number {
    const changedMsAgo = this.#ports.clock.now() - this.#lastChange;
    return pollSeconds(this.#ports.pollSeconds(), { ringing: this.#ringing, changedMsAgo });
  }

  #openQueue(): Disposable | undefined {
    const { queueUrl } = this.scope;
    if (!queueUrl) return undefined;
    const { sessions, clock, onNotices } = this.#ports;
    const ports = { sessions, clock, onNotices, onState: (state: QueueState) => this.#heard(state) };
    return madeLater(async () => {
      const { QueueReader } = await import('./queue-reader.ts');
      return () => new QueueReader(this.scope, queueUrl, ports);
    });
  }

  #heard(state: QueueState): void {
    const before = this.#queueState;
    this.#queueState = state;
    if (state.open === before.open && state.problem === before.problem) return;
    if (state.problem) this.#ports.log.warn(`${this.scope.label}: ${state.problem}`);
    this.#ports.onChange();
  }

  async #load(): Promise<void> {
    this.#lastTry = this.#ports.clock.now();
    this.#meanwhile = new Map();
    try {
      const alarms = await this.#use((session) => session.alarms(undefined, this.#end.signal));
      this.#failures = 0;
      this.#trouble = undefined;
      const next = overlaid(byArn(alarms), this.#meanwhile);
      this.#take(next, { state: 'ready', value: next, at: this.#ports.clock.now() });
      if (!this.#identity) await this.#identify(alarms);
    } catch (error) {
      if (!isCancelled(error)) this.#failed(toJarvisError(error));
    }
  }

  /** Known by STS; where STS cannot be called, the alarms' own ARNs tell. */
  async #identify(alarms: readonly Alarm[]): Promise<void> {
    await this.#use(async (session) => {
      const account = (await this.#account(session)) ?? alarms[0]?.account;
      if (account !== undefined) this.#identity = { account, region: session.region };
    });
    this.#ports.onChange();
  }

  async #account(session: AwsSession): Promise<string | undefined> {
    try {
      return await session.account(this.#end.signal);
    } catch (error) {
      if (isCancelled(error)) throw error;
      this.#ports.log.warn(`${this.scope.label}: ${toJarvisError(error).message}`, error);
      return undefined;
    }
  }

  #merge(names: readonly string[], found: readonly Alarm[]): void {
    const known = valueOf(this.#alarms);
    const asked = new Set(names);
    const changes = new Map<string, Alarm | undefined>();
    for (const { arn, name } of known?.values() ?? []) if (asked.has(name)) changes.set(arn, undefined);
    for (const alarm of found) changes.set(alarm.arn, alarm);
    if (this.#loading) for (const [arn, alarm] of changes) this.#meanwhile.set(arn, alarm);
    if (!known) return;
    // what is confirmed of some does not make the others fresh
    const next = overlaid(known, changes);
    this.#take(
      next,
      mapLoadable(this.#alarms, () => next),
    );
  }

  #take(next: Alarms, state: Loadable<Alarms>): void {
    const before = valueOf(this.#alarms);
    const changes = before ? transitions(before, next) : [];
    if (changes.length > 0) this.#lastChange = this.#ports.clock.now();
    this.#ringing = [...next.values()].some(({ state }) => state === 'ALARM');
    this.#alarms = state;
    this.#ports.onChange();
    if (changes.length > 0) this.#ports.onTransition(changes);
    if (!this.#loading) this.#schedule();
  }

  #failed(error: JarvisError): void {
    if (error.code !== this.#trouble?.code)
      this.#ports.log.warn(`${this.scope.label}: ${error.code} ${error.message}`, error.cause);
    this.#failures++;
    this.#trouble = error;
    // To be told once to call less often is no trouble: what was read a moment ago stands until the next look.
    const isBearable = error.code === 'aws.throttled' && this.#failures === 1 && this.#alarms.state === 'ready';
    if (!isBearable) this.#alarms = failed(this.#alarms, error, this.#ports.clock.now());
    this.#ports.onChange();
  }

  /** Plans the next poll, or none while hidden; what fell due meanwhile is done at once. */
  #schedule(): void {
    this.#timer?.dispose();
    this.#timer = undefined;
    if (!this.#visible || this.#loading || this.#end.signal.aborted) return;
    const { clock } = this.#ports;
    const seconds = this.#pollSeconds;
    const wait = this.#trouble ? retryMs(this.#trouble, this.#failures, seconds) : withJitter(seconds * 1000);
    const left = this.#lastTry + wait - clock.now();
    if (left <= 0) void this.load();
    else this.#timer = clock.after(left, () => void this.load());
  }

  #use<T>(work: (session: AwsSession) => Promise<T>): Promise<T> {
    return this.#ports.sessions.use(this.scope, work);
  }
}

function byArn(alarms: readonly Alarm[]): Alarms {
  return new Map(alarms.map((alarm) => [alarm.arn, alarm]));
}

function overlaid(alarms: Alarms, changes: ReadonlyMap<string, Alarm | undefined>): Alarms {
  const next = new Map(alarms);
  for (const [arn, alarm] of changes) {
    if (!alarm) next.delete(arn);
    else if (alarm.since >= (next.get(arn)?.since ?? 0)) next.set(arn, alarm); // else a late answer
  }
  return next;
}

function transitions(before: Alarms, after: Alarms): readonly AlarmChange[] {
  return [...after.values()].flatMap((alarm) => {
    const from = before.get(alarm.arn)?.state;
    return from === alarm.state ? [] : [{ alarm, from }];
  });
}
