import type { AlarmSourceOptions } from '../clients/aws/alarm-source.ts';
import { effectiveScopes } from '../clients/aws/scopes.ts';
import { lazy } from '../core/async.ts';
import { type Disposable, DisposableStore } from '../core/disposable.ts';
import { Emitter } from '../core/event.ts';
import { loading } from '../core/loadable.ts';
import type { Alarm, AlarmHistoryItem, AlarmRef } from '../domain/alarms/model.ts';
import type { AlarmChange, AlarmSource, ScopeAlarms } from '../domain/alarms/source.ts';

export type AlarmSettings = Required<Pick<AlarmSourceOptions, 'scopes' | 'pollSeconds' | 'onScopesChanged' | 'env'>>;

/** An {@link AlarmSource} before anybody looks: it knows its scopes. What reads them loads with the first look. */
export class LazyAlarms implements AlarmSource, Disposable {
  readonly #settings: AlarmSettings;
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new Emitter<ReadonlySet<string>>());
  readonly #transitioned = this.#owned.add(new Emitter<readonly AlarmChange[]>());
  readonly #source: () => Promise<AlarmSource>;
  #scopes: readonly ScopeAlarms[];
  #loaded: AlarmSource | undefined;
  #visible = false;
  readonly onDidChange = this.#changed.event;
  readonly onDidTransition = this.#transitioned.event;

  constructor(settings: AlarmSettings, load: () => Promise<AlarmSource & Disposable>) {
    this.#settings = settings;
    this.#scopes = this.#unread();
    this.#owned.add(settings.onScopesChanged(() => this.#rescope()));
    this.#source = lazy(async () => {
      const source = this.#owned.add(await load());
      this.#owned.add(source.onDidChange((labels) => this.#changed.fire(labels)));
      this.#owned.add(source.onDidTransition((changes) => this.#transitioned.fire(changes)));
      this.#loaded = source;
      source.setVisible(this.#visible);
      return source;
    });
  }

  get scopes(): readonly ScopeAlarms[] {
    return this.#loaded?.scopes ?? this.#scopes;
  }

  async refresh(scope?: string): Promise<void> {
    await (await this.#source()).refresh(scope);
  }

  async history(alarm: AlarmRef, signal?: AbortSignal): Promise<readonly AlarmHistoryItem[]> {
    return (await this.#source()).history(alarm, signal);
  }

  async describe(alarm: AlarmRef, signal?: AbortSignal): Promise<Alarm | undefined> {
    return (await this.#source()).describe(alarm, signal);
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    if (this.#loaded) this.#loaded.setVisible(visible);
    else if (visible) void this.#source();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  /** Once loaded, the source sees to it itself. */
  #rescope(): void {
    if (this.#loaded) return;
    const labels = this.#scopes.map(({ scope }) => scope.label);
    this.#scopes = this.#unread();
    this.#changed.fire(new Set([...labels, ...this.#scopes.map(({ scope }) => scope.label)]));
  }

  #unread(): readonly ScopeAlarms[] {
    const { scopes, pollSeconds, env } = this.#settings;
    const feed = { mode: 'paused', pollSeconds: pollSeconds(), callsPerMinute: 0 } as const;
    return effectiveScopes(scopes(), env).map((scope) => ({ scope, identity: undefined, alarms: loading, feed }));
  }
}
