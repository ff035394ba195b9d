import { Emitter } from '../../../src/core/event.ts';
import type { Alarm, AlarmHistoryItem } from '../../../src/domain/alarms/model.ts';
import type { AlarmChange, AlarmSource, ScopeAlarms } from '../../../src/domain/alarms/source.ts';

/** Alarms whose every state a test sets. */
export class FakeAlarmSource implements AlarmSource {
  readonly #changed = new Emitter<ReadonlySet<string>>();
  readonly #transitions = new Emitter<readonly AlarmChange[]>();
  scopes: readonly ScopeAlarms[] = [];
  histories: (signal?: AbortSignal) => Promise<readonly AlarmHistoryItem[]> = () => Promise.resolve([]);
  readonly refreshed: (string | undefined)[] = [];
  readonly onDidChange = this.#changed.event;
  readonly onDidTransition = this.#transitions.event;

  has(...scopes: readonly ScopeAlarms[]): void {
    this.scopes = scopes;
    this.#changed.fire(new Set(scopes.map(({ scope }) => scope.label)));
  }

  refresh(scope?: string): Promise<void> {
    this.refreshed.push(scope);
    return Promise.resolve();
  }

  history(_alarm: unknown, signal?: AbortSignal): Promise<readonly AlarmHistoryItem[]> {
    return this.histories(signal);
  }

  describe(): Promise<Alarm | undefined> {
    return Promise.resolve(undefined);
  }

  setVisible(): void {
    // nothing is polled here
  }
}
