import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { Emitter } from '../../core/event.ts';
import type { Alarm } from './model.ts';
import type { AlarmChange } from './source.ts';

/** One notice, for one alarm or for many that changed together. */
export interface AlarmNews {
  readonly kind: 'alarm' | 'recovered';
  readonly alarms: readonly Alarm[];
}

interface Memory {
  alarm: Alarm;
  /** The present ALARM has been told, so its recovery will be. */
  told: boolean;
  /** Until then a new ALARM of the same alarm is not told: it flaps. */
  quietUntil: number;
  /** Waits for the end of the cool-down. */
  recheck?: Disposable;
}

/**
 * Decides which changes are worth a notice. A change to ALARM is told once, together with those that come within a
 * moment of it; its recovery is told once; an alarm that was told is quiet for the cool-down, after which it is told
 * again only if it is still in ALARM.
 */
export class NoticePolicy implements Disposable {
  readonly #memory = new Map<string, Memory>();
  readonly #waiting = new Map<string, AlarmNews['kind']>();
  readonly #news = new Emitter<AlarmNews>();
  readonly #clock: Clock;
  readonly #windowMs: number;
  readonly #coolDownMs: number;
  #flushing: Disposable | undefined;
  readonly onDidNotice = this.#news.event;

  constructor(clock: Clock, { windowMs = 1_000, coolDownMs = 10 * 60_000 } = {}) {
    this.#clock = clock;
    this.#windowMs = windowMs;
    this.#coolDownMs = coolDownMs;
  }

  hear(changes: readonly AlarmChange[]): void {
    for (const { alarm } of changes) {
      const memory = this.#recall(alarm);
      if (alarm.state === 'ALARM') this.#rang(memory);
      else if (alarm.state === 'OK') this.#recovered(memory);
    }
  }

  dispose(): void {
    for (const { recheck } of this.#memory.values()) recheck?.dispose();
    this.#flushing?.dispose();
    this.#news.dispose();
  }

  #recall(alarm: Alarm): Memory {
    const memory = this.#memory.get(alarm.arn) ?? { alarm, told: false, quietUntil: 0 };
    memory.alarm = alarm;
    this.#memory.set(alarm.arn, memory);
    return memory;
  }

  #rang(memory: Memory): void {
    if (this.#waiting.get(memory.alarm.arn) === 'recovered') {
      this.#waiting.delete(memory.alarm.arn); // back before its recovery was told
      memory.told = true;
    }
    if (memory.told) return;
    const quietFor = memory.quietUntil - this.#clock.now();
    if (quietFor <= 0) this.#tell(memory.alarm, 'alarm');
    else memory.recheck ??= this.#clock.after(quietFor, () => this.#coolDownOver(memory));
  }

  #coolDownOver(memory: Memory): void {
    delete memory.recheck;
    if (memory.alarm.state === 'ALARM') this.#rang(memory);
  }

  #recovered(memory: Memory): void {
    if (memory.told) this.#tell(memory.alarm, 'recovered');
    else if (this.#waiting.get(memory.alarm.arn) === 'alarm') this.#waiting.delete(memory.alarm.arn);
    memory.told = false;
  }

  #tell(alarm: Alarm, kind: AlarmNews['kind']): void {
    this.#waiting.set(alarm.arn, kind);
    this.#flushing ??= this.#clock.after(this.#windowMs, () => this.#flush());
  }

  #flush(): void {
    this.#flushing = undefined;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    for (const kind of ['alarm', 'recovered'] as const) {
      const memories = waiting.flatMap(([arn, of]) => (of === kind ? [this.#memory.get(arn)] : []));
      const told = memories.filter((memory) => memory !== undefined);
      if (told.length === 0) continue;
      if (kind === 'alarm') for (const memory of told) this.#markTold(memory);
      this.#news.fire({ kind, alarms: told.map(({ alarm }) => alarm) });
    }
  }

  #markTold(memory: Memory): void {
    memory.told = true;
    memory.quietUntil = this.#clock.now() + this.#coolDownMs;
  }
}
