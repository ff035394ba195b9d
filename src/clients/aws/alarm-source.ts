import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore, madeLater } from '../../core/disposable.ts';
import { Emitter, type Event } from '../../core/event.ts';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Logger } from '../../core/log.ts';
import { parseAlarmArn } from '../../domain/alarms/arn.ts';
import type { AlarmNotice } from '../../domain/alarms/message.ts';
import type { Alarm, AlarmHistoryItem, AlarmRef, AwsScope } from '../../domain/alarms/model.ts';
import type { AlarmChange, AlarmSource, ScopeAlarms } from '../../domain/alarms/source.ts';
import { needsNewSession } from './needs-session.ts';
import { ScopeFeed } from './scope-feed.ts';
import { type Environment, effectiveScopes } from './scopes.ts';
import type { AwsSessions } from './sessions.ts';

export interface AlarmSourceOptions {
  readonly sessions: AwsSessions;
  /** Setting `jarvis.aws.scopes`; empty: the environment's profile and region. */
  readonly scopes: () => readonly Partial<AwsScope>[];
  readonly onScopesChanged?: Event<unknown>;
  /** Setting `jarvis.alarms.pollSeconds`. */
  readonly pollSeconds: () => number;
  readonly env: Environment;
  readonly clock: Clock;
  readonly log: Logger;
}

/**
 * The alarms of all scopes. Nothing is loaded or asked before the first `setVisible(true)` or `refresh()`. While hidden
 * only the queues are read; news from them is still confirmed, so that it can be told.
 */
export function createAlarmSource(options: AlarmSourceOptions): AlarmSource & Disposable {
  return new AwsAlarmSource(options);
}

class AwsAlarmSource implements AlarmSource, Disposable {
  readonly #options: AlarmSourceOptions;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<ReadonlySet<string>>());
  readonly #transitioned = this.#owned.add(new Emitter<readonly AlarmChange[]>());
  #feeds: readonly ScopeFeed[] = [];
  #visible: boolean | undefined;
  #signInWatch: Disposable | undefined;
  readonly onDidChange = this.#changed.event;
  readonly onDidTransition = this.#transitioned.event;

  constructor(options: AlarmSourceOptions) {
    this.#options = options;
    if (options.onScopesChanged) this.#owned.add(options.onScopesChanged(() => this.#rebuild()));
    this.#feeds = this.#wanted().map((scope) => this.#feed(scope));
  }

  get scopes(): readonly ScopeAlarms[] {
    return this.#feeds.map(({ snapshot }) => snapshot);
  }

  async refresh(scope?: string): Promise<void> {
    await Promise.all(this.#feeds.filter((feed) => !scope || feed.scope.label === scope).map((feed) => feed.load()));
  }

  async history({ scope, arn }: AlarmRef, signal?: AbortSignal): Promise<readonly AlarmHistoryItem[]> {
    const feed = this.#feedOf(scope);
    return this.#options.sessions.use(feed.scope, (session) => session.history(nameOf(arn), undefined, signal));
  }

  async describe({ scope, arn }: AlarmRef, signal?: AbortSignal): Promise<Alarm | undefined> {
    return (await this.#feedOf(scope).confirm([nameOf(arn)], signal)).get(arn);
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    for (const feed of this.#feeds) feed.setVisible(visible);
    this.#watchSignIn();
  }

  dispose(): void {
    for (const feed of this.#feeds) feed.dispose();
    this.#signInWatch?.dispose();
    this.#owned.dispose();
  }

  #wanted(): readonly AwsScope[] {
    return effectiveScopes(this.#options.scopes(), this.#options.env);
  }

  /** Keeps the feeds of scopes that stayed as they were. */
  #rebuild(): void {
    const before = new Map(this.#feeds.map((feed) => [JSON.stringify(feed.scope), feed]));
    this.#feeds = this.#wanted().map((scope) => {
      const kept = before.get(JSON.stringify(scope));
      before.delete(JSON.stringify(scope));
      return kept ?? this.#feed(scope);
    });
    for (const gone of before.values()) gone.dispose();
    this.#changed.fire(new Set([...before.values(), ...this.#feeds].map(({ scope }) => scope.label)));
  }

  #feed(scope: AwsScope): ScopeFeed {
    const { sessions, clock, log, pollSeconds } = this.#options;
    const feed = new ScopeFeed(scope, {
      sessions,
      clock,
      log,
      pollSeconds,
      onChange: () => this.#told(scope),
      onTransition: (changes) => this.#transitioned.fire(changes),
      onNotices: (notices) => this.#confirm(notices),
    });
    if (this.#visible !== undefined) feed.setVisible(this.#visible);
    return feed;
  }

  #told({ label }: AwsScope): void {
    this.#watchSignIn();
    this.#changed.fire(new Set([label]));
  }

  /** Each scope that a notice may be about asks for the alarms named; the notice's own word is not taken. */
  async #confirm(notices: readonly AlarmNotice[]): Promise<void> {
    await Promise.all(
      this.#feeds.map(async (feed) => {
        const names = new Set(notices.filter((notice) => feed.covers(notice)).map(({ name }) => name));
        if (names.size > 0) await feed.confirm([...names]);
      }),
    );
  }

  /** While a scope waits for a sign-in and somebody looks, a change of the files on disk asks again at once. */
  #watchSignIn(): void {
    const waiting = this.#visible === true && this.#feeds.some(({ error }) => needsNewSession(error));
    if (!waiting) {
      this.#signInWatch?.dispose();
      this.#signInWatch = undefined;
      return;
    }
    this.#signInWatch ??= madeLater(async () => {
      const { watchSignIn } = await import('./sign-in-watch.ts');
      return () => watchSignIn(this.#options.env, this.#options.clock, () => this.#askAgain());
    });
  }

  #askAgain(): void {
    for (const feed of this.#feeds) if (needsNewSession(feed.error)) void feed.load();
  }

  #feedOf(label: string): ScopeFeed {
    const feed = this.#feeds.find(({ scope }) => scope.label === label);
    if (feed) return feed;
    throw new JarvisError({
      code: 'aws.scopeMissing',
      message: t('The AWS scope {0} is no longer configured.', label),
      remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }],
    });
  }
}

function nameOf(arn: string): string {
  return parseAlarmArn(arn)?.name ?? arn;
}
