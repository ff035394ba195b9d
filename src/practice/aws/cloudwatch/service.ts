import type { Clock } from '../../../core/clock.ts';
import { AlarmBook } from './alarms/book.ts';
import { type AlarmActions, Dispatch } from './alarms/dispatch.ts';
import { Evaluator } from './alarms/evaluator.ts';
import { History } from './alarms/history.ts';
import type { Place } from './alarms/notices.ts';
import { MetricStore } from './metrics/metric-store.ts';

/** One account's CloudWatch in one region, without its HTTP surface. */
export class CloudWatchService {
  readonly clock: Clock;
  readonly metrics = new MetricStore();
  readonly history = new History();
  readonly alarms: AlarmBook;
  /** ARN -> key -> value. */
  readonly tags = new Map<string, Map<string, string>>();
  readonly #dispatch: Dispatch;
  readonly #evaluator: Evaluator;

  constructor(clock: Clock, place: Place, actions: AlarmActions) {
    this.clock = clock;
    this.#dispatch = new Dispatch(clock, place, actions, this.history);
    this.alarms = new AlarmBook(clock, place, this.history, this.#dispatch);
    this.#evaluator = new Evaluator(clock, this.metrics, this.alarms);
  }

  /** Ends the evaluation; resolves when the actions under way have ended. */
  close(): Promise<void> {
    this.#evaluator.dispose();
    return this.#dispatch.idle();
  }
}
