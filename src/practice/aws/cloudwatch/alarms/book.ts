import type { Clock } from '../../../../core/clock.ts';
import { ApiError, validationError } from '../errors.ts';
import type { StateValue } from '../shapes.ts';
import type { Alarm, AlarmState, CompositeAlarm } from './alarm.ts';
import type { CompositeAlarmConfig, MetricAlarmConfig } from './config.ts';
import type { Dispatch } from './dispatch.ts';
import type { History } from './history.ts';
import type { Place } from './notices.ts';
import { compositeReason, isoTime } from './reason.ts';
import { alarmsIn, parseRule, ruleHolds } from './rule.ts';

const maxAlarms = 5000;

type NewState = Pick<AlarmState, 'value' | 'reason' | 'reasonData'>;

/** All alarms of one account and region: their configuration and state, and what follows from a change of either. */
export class AlarmBook {
  readonly #alarms = new Map<string, Alarm>();
  readonly #clock: Clock;
  readonly #place: Place;
  readonly #history: History;
  readonly #dispatch: Dispatch;
  /** Composites whose rule is being looked at, so that a loop of rules ends. */
  readonly #evaluating = new Set<string>();

  constructor(clock: Clock, place: Place, history: History, dispatch: Dispatch) {
    this.#clock = clock;
    this.#place = place;
    this.#history = history;
    this.#dispatch = dispatch;
  }

  /** By name, in the order of names. */
  all(): readonly Alarm[] {
    return [...this.#alarms.values()].sort((a, b) => (a.config.AlarmName < b.config.AlarmName ? -1 : 1));
  }

  get(name: string): Alarm | undefined {
    return this.#alarms.get(name);
  }

  /** By name or ARN. */
  find(reference: string): Alarm | undefined {
    const prefix = this.arnOf('');
    return this.#alarms.get(reference.startsWith(prefix) ? reference.slice(prefix.length) : reference);
  }

  arnOf(name: string): string {
    return `arn:aws:cloudwatch:${this.#place.region}:${this.#place.accountId}:alarm:${name}`;
  }

  putMetricAlarm(config: MetricAlarmConfig): void {
    this.#put('MetricAlarm', config.AlarmName, (base) => ({ ...base, type: 'MetricAlarm', config }));
  }

  /** @throws ApiError ValidationError when the rule cannot be read or names alarms that do not exist */
  putCompositeAlarm(config: CompositeAlarmConfig): void {
    const rule = parseRule(config.AlarmRule);
    const unknown = alarmsIn(rule).filter((alarm) => !this.find(alarm));
    if (unknown.length > 0)
      throw validationError(
        `Could not save the composite alarm as alarm names [${unknown.join(', ')}] used in the composite alarm rule don't exist`,
      );
    this.#put('CompositeAlarm', config.AlarmName, (base) => ({ ...base, type: 'CompositeAlarm', config, rule }));
    this.#evaluateComposite(config.AlarmName, undefined);
  }

  /**
   * Unknown names are passed over when another one is known.
   * @throws ApiError ResourceNotFound when none is known, ValidationError when a composite alarm depends on one of them
   */
  delete(names: readonly string[]): readonly Alarm[] {
    const gone = names.flatMap((name) => this.#alarms.get(name) ?? []);
    if (gone.length === 0) this.#existing(names[0] ?? '');
    if (gone.filter((alarm) => alarm.type === 'CompositeAlarm').length > 1)
      throw validationError('At most one composite alarm can be deleted in one call.');
    const needed = gone.find((alarm) => this.parentsOf(alarm).some((parent) => !gone.includes(parent)));
    if (needed)
      throw validationError(
        `Cannot delete ${needed.config.AlarmName} as there are composite alarm(s) depending on it.`,
      );
    for (const alarm of gone) {
      this.#alarms.delete(alarm.config.AlarmName);
      this.#history.configuration('deleted', alarm, this.#clock.now());
    }
    return gone;
  }

  setActionsEnabled(names: readonly string[], enabled: boolean): void {
    for (const alarm of names.map((name) => this.#alarms.get(name))) {
      if (!alarm || alarm.config.ActionsEnabled === enabled) continue;
      const now = this.#clock.now();
      const config = { ...alarm.config, ActionsEnabled: enabled };
      // the type of an alarm and the shape of its configuration go together, which a spread cannot say
      const updated = { ...alarm, config, configurationUpdated: now } as Alarm;
      this.#alarms.set(alarm.config.AlarmName, updated);
      this.#history.configuration('updated', updated, now);
    }
  }

  /** Gives the alarm a state. Only a change of the value has consequences: history, actions, composites. */
  setState(name: string, next: NewState, triggering: readonly Alarm[] = []): void {
    const alarm = this.#existing(name);
    const old = alarm.state;
    if (old.value === next.value) return;
    const now = this.#clock.now();
    const changed: Alarm = { ...alarm, state: { ...next, updated: now, transitioned: now } };
    this.#alarms.set(name, changed);
    this.#history.state(changed, old);
    this.#dispatch.send({ alarm: changed, old, triggering });
    for (const parent of this.parentsOf(changed)) this.#evaluateComposite(parent.config.AlarmName, changed);
  }

  parentsOf({ arn, config }: Alarm): readonly CompositeAlarm[] {
    return this.all().filter((alarm): alarm is CompositeAlarm => {
      const children = alarm.type === 'CompositeAlarm' ? alarmsIn(alarm.rule) : [];
      return children.includes(arn) || children.includes(config.AlarmName);
    });
  }

  childrenOf(alarm: Alarm): readonly Alarm[] {
    if (alarm.type === 'MetricAlarm') return [];
    return alarmsIn(alarm.rule).flatMap((child) => this.find(child) ?? []);
  }

  #put(
    type: Alarm['type'],
    name: string,
    make: (base: Pick<Alarm, 'arn' | 'configurationUpdated' | 'state'>) => Alarm,
  ) {
    const known = this.#alarms.get(name);
    if (known && known.type !== type)
      throw validationError(`An alarm of another type with the name ${name} exists already.`);
    if (!known && this.#alarms.size >= maxAlarms)
      throw new ApiError('LimitExceededFault', 'The quota for alarms for this customer was already reached.');
    const now = this.#clock.now();
    const state = known?.state ?? initialState(now);
    const alarm = make({ arn: this.arnOf(name), configurationUpdated: now, state });
    this.#alarms.set(name, alarm);
    this.#history.configuration(known ? 'updated' : 'created', alarm, now);
  }

  #evaluateComposite(name: string, cause: Alarm | undefined): void {
    const alarm = this.#alarms.get(name);
    if (alarm?.type !== 'CompositeAlarm' || this.#evaluating.has(name)) return;
    this.#evaluating.add(name);
    const value: StateValue = ruleHolds(alarm.rule, (child) => this.find(child)?.state.value) ? 'ALARM' : 'OK';
    const triggering = this.childrenOf(alarm).filter((child) => child.state.value === 'ALARM');
    const teller = cause ?? triggering[0] ?? this.childrenOf(alarm)[0];
    const reason = teller
      ? compositeReason(teller.arn, teller.state.value, teller.state.transitioned)
      : `${alarm.arn} was created and its alarm rule evaluates to ${value}`;
    this.setState(name, { value, reason, reasonData: compositeData(teller ? [teller] : []) }, triggering);
    this.#evaluating.delete(name);
  }

  #existing(name: string): Alarm {
    const alarm = this.#alarms.get(name);
    if (!alarm) throw new ApiError('ResourceNotFound', `Alarm ${name} does not exist`);
    return alarm;
  }
}

function initialState(now: number): AlarmState {
  return { value: 'INSUFFICIENT_DATA', reason: 'Unchecked: Initial alarm creation', updated: now, transitioned: now };
}

function compositeData(alarms: readonly Alarm[]): string {
  return JSON.stringify({
    triggeringAlarms: alarms.map(({ arn, state }) => ({
      arn,
      state: { value: state.value, timestamp: isoTime(state.transitioned) },
    })),
  });
}
