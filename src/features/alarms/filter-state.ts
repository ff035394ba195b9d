import { Emitter } from '../../core/event.ts';
import { type AlarmFilter, alarmStates } from '../../domain/alarms/order.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';

const everything: AlarmFilter = { states: new Set(), text: '' };

/** The filter of the view; everything passes until somebody sets one. */
export class AlarmFilterState {
  readonly #changed = new Emitter<undefined>();
  #filter = everything;
  readonly onDidChange = this.#changed.event;

  get filter(): AlarmFilter {
    return this.#filter;
  }

  get isOn(): boolean {
    return this.#filter.states.size > 0 || this.#filter.text.trim() !== '';
  }

  set(filter: AlarmFilter): void {
    this.#filter = filter;
    this.#changed.fire(undefined);
  }

  clear(): void {
    this.set(everything);
  }

  /** "in alarm, without data; front-end" */
  inWords(): string {
    const states = alarmStates.filter((state) => this.#filter.states.has(state)).map(stateInWords);
    return [states.join(', '), this.#filter.text.trim()].filter(Boolean).join('; ');
  }
}
