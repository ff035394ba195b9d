import { randomUUID } from 'node:crypto';
import type { Clock } from '../../../../core/clock.ts';
import type { Alarm } from './alarm.ts';
import type { History } from './history.ts';
import { alarmEvent, type AlarmEvent, type Change, message, type Place, subject } from './notices.ts';

/** Where an alarm's actions go. A rejected promise is a failed action: it is recorded, not thrown. */
export interface AlarmActions {
  publish(notice: { readonly topicArn: string; readonly subject: string; readonly message: string }): Promise<void>;
  putEvent(event: AlarmEvent): Promise<void>;
}

/** Sends what a change of state causes, one after the other, and writes each action into the history. */
export class Dispatch {
  readonly #clock: Clock;
  readonly #place: Place;
  readonly #actions: AlarmActions;
  readonly #history: History;
  #last: Promise<void> = Promise.resolve();

  constructor(clock: Clock, place: Place, actions: AlarmActions, history: History) {
    this.#clock = clock;
    this.#place = place;
    this.#actions = actions;
    this.#history = history;
  }

  send(change: Change): void {
    this.#last = this.#last.then(() => this.#send(change));
  }

  /** Resolves when all that was sent so far is delivered or has failed. */
  idle(): Promise<void> {
    return this.#last;
  }

  async #send(change: Change): Promise<void> {
    const { alarm } = change;
    const event = alarmEvent(change, this.#place, randomUUID());
    const failure = await outcome(() => this.#actions.putEvent(event));
    // CloudWatch keeps no history of events that it sends; ours tells of one that could not be sent
    if (failure !== undefined) this.#record(change, 'arn:aws:events', JSON.stringify(event), failure);
    if (!alarm.config.ActionsEnabled) return;
    for (const arn of actionsFor(alarm)) await this.#act(change, arn);
  }

  async #act(change: Change, arn: string): Promise<void> {
    const text = message(change, this.#place);
    const failure = arn.startsWith('arn:aws:sns:')
      ? await outcome(() =>
          this.#actions.publish({ topicArn: arn, subject: subject(change, this.#place), message: text }),
        )
      : 'This kind of action is not supported here';
    this.#record(change, arn, text, failure);
  }

  #record({ alarm }: Change, resource: string, text: string, failure: string | undefined): void {
    this.#history.action(alarm, this.#clock.now(), resource, text, failure);
  }
}

/** Undefined when it went well, else what went wrong. */
async function outcome(send: () => Promise<void>): Promise<string | undefined> {
  try {
    await send();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function actionsFor({ config, state }: Alarm): readonly string[] {
  if (state.value === 'ALARM') return config.AlarmActions;
  return state.value === 'OK' ? config.OKActions : config.InsufficientDataActions;
}
