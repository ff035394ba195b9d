import { Emitter } from '../../core/event.ts';
import { type AlarmFilter, alarmStates } from '../../domain/alarms/order.ts';
import { stateInWords } from '../../domain/alarms/state-in-words.ts';
import type { Memory } from '../../ui/memory.ts';

const key = 'jarvis.alarms.filter';
const everything: AlarmFilter = { states: new Set(), text: '' };

/** The filter of the view, as it was when the workspace was last open; everything passes until somebody sets one. */
export class AlarmFilterState {
  readonly #memory: Memory;
  readonly #changed = new Emitter<undefined>();
  #filter: AlarmFilter;
  readonly onDidChange = this.#changed.event;

  constructor(memory: Memory) {
    this.#memory = memory;
    this.#filter = readFilter(memory.get(key));
  }

  get filter(): AlarmFilter {
    return this.#filter;
  }

  get isOn(): boolean {
    return this.#filter.states.size > 0 || this.#filter.text.trim() !== '';
  }

  async set(filter: AlarmFilter): Promise<void> {
    this.#filter = filter;
    this.#changed.fire(undefined);
    await this.#memory.update(key, { states: [...filter.states], text: filter.text });
  }

  clear(): Promise<void> {
    return this.set(everything);
  }

  /** "in alarm, without data; front-end" */
  inWords(): string {
    const states = alarmStates.filter((state) => this.#filter.states.has(state)).map(stateInWords);
    return [states.join(', '), this.#filter.text.trim()].filter(Boolean).join('; ');
  }
}

/** What was kept, by whatever version of Jarvis: what cannot be understood filters nothing. */
function readFilter(kept: unknown): AlarmFilter {
  const { states, text } = (typeof kept === 'object' && kept !== null ? kept : {}) as Readonly<Record<string, unknown>>;
  return {
    states: new Set(Array.isArray(states) ? alarmStates.filter((state) => states.includes(state)) : []),
    text: typeof text === 'string' ? text : '',
  };
}
