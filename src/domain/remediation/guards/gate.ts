import type { Clock } from '../../../core/clock.ts';
import type { Disposable } from '../../../core/disposable.ts';
import { JarvisError } from '../../../core/errors.ts';
import { Emitter } from '../../../core/event.ts';
import { t } from '../../../core/l10n.ts';
import { oneLine } from '../../../core/text.ts';
import type { ClusterRef } from '../../kubernetes/model.ts';
import type { Journal, JournalEntry } from '../journal.ts';
import { isProduction, type Place, type Protection } from './protection.ts';
import { isOpen, longestUnlockMs, opens, unlocksAt } from './unlock.ts';
import type { Unlock } from './lock-event.ts';

/** The production lock and the read-only mode, for whoever shows or changes them. */
export interface Locks {
  /** Those that are open now, as far as this window knows. */
  readonly unlocks: readonly Unlock[];
  /**
   * Asked by whatever opens a way to write, with all that the journal knows. The unlock that allows it; undefined where nothing is locked.
   * @throws JarvisError remediation.readOnly, remediation.locked, journal.unreadable
   */
  admit(place: Place): Promise<Unlock | undefined>;
  /** Why a write to the place would be refused now, with the way out, as far as this window knows. */
  obstacle(place: Place): JarvisError | undefined;
  /**
   * Opens the lock of a context, once that is on disk.
   * @throws JarvisError remediation.badInput (no reason, no time), remediation.readOnly, journal.unwritable
   */
  unlock(cluster: ClusterRef, reason: string, forMs: number): Promise<void>;
  /** Locks everything again, in every window. @throws JarvisError journal.unwritable: then it is locked in this one alone */
  lock(): Promise<void>;
}

export interface GatePorts {
  readonly clock: Clock;
  readonly journal: Pick<Journal, 'append' | 'read'>;
  readonly actor: () => string;
  /** Read anew each time. */
  readonly protection: () => Protection;
  /** The kubeconfig's contexts, as far as they are known. */
  readonly contexts: () => readonly ClusterRef[];
}

/** What every write passes, whoever asked for it: `Run` calls it, and nobody else can send. A terminal in a container passes, too. */
export class Gate implements Locks, Disposable {
  readonly #ports: GatePorts;
  readonly #changed = new Emitter<undefined>();
  #unlocks: readonly Unlock[] = [];
  #lockedAt = -Infinity;
  #expiry: Disposable | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(ports: GatePorts) {
    this.#ports = ports;
  }

  get unlocks(): readonly Unlock[] {
    const now = this.#ports.clock.now();
    return this.#unlocks.filter((unlock) => isOpen(unlock, now));
  }

  obstacle(place: Place): JarvisError | undefined {
    if (this.#ports.protection().readOnly) return readOnly();
    return this.#isLocked(place) && !this.#unlockOf(place) ? locked(place) : undefined;
  }

  /** The journal is read for it, so that a lock in another window counts in this one. */
  async admit(place: Place): Promise<Unlock | undefined> {
    if (this.#isLocked(place)) this.take(await this.#ports.journal.read());
    const obstacle = this.obstacle(place);
    if (obstacle) throw obstacle;
    return this.#isLocked(place) ? this.#unlockOf(place) : undefined;
  }

  async unlock(cluster: ClusterRef, reason: string, forMs: number): Promise<void> {
    if (this.#ports.protection().readOnly) throw readOnly();
    const said = oneLine(reason.trim());
    if (said === '') throw badInput(t('Production is unlocked for a reason only.'));
    if (!(forMs > 0 && forMs <= longestUnlockMs)) throw badInput(t('Production is unlocked for 8 hours at most.'));
    const at = this.#ports.clock.now();
    const unlock: Unlock = { cluster, reason: said, actor: this.#ports.actor(), at, until: at + forMs };
    await this.#ports.journal.append({ at, event: { type: 'unlocked', unlock } });
    this.#know([...this.#unlocks, unlock]);
  }

  async lock(): Promise<void> {
    const at = this.#ports.clock.now();
    this.#lockedAt = at;
    this.#know([]);
    await this.#ports.journal.append({ at, event: { type: 'locked', actor: this.#ports.actor() } });
  }

  /** What the journal says now. */
  take(entries: readonly JournalEntry[]): void {
    this.#know(unlocksAt(entries, this.#ports.clock.now()));
  }

  dispose(): void {
    this.#expiry?.dispose();
    this.#changed.dispose();
  }

  #isLocked(place: Place): boolean {
    return isProduction(place, this.#ports.protection().production, this.#ports.contexts());
  }

  #unlockOf(place: Place): Unlock | undefined {
    return this.unlocks.findLast((unlock) => opens(unlock, place));
  }

  /** Those from before a lock in this window are over, whether that could be recorded or not. */
  #know(all: readonly Unlock[]): void {
    const unlocks = all.filter(({ at }) => at > this.#lockedAt);
    const same = unlocks.length === this.#unlocks.length && unlocks.every(({ at }, i) => at === this.#unlocks[i]?.at);
    this.#unlocks = unlocks;
    this.#awaitExpiry();
    if (!same) this.#changed.fire(undefined);
  }

  /** Tells of the end of the next unlock. Nothing is waited for while nothing is unlocked. */
  #awaitExpiry(): void {
    this.#expiry?.dispose();
    const { clock } = this.#ports;
    const next = Math.min(...this.#unlocks.map(({ until }) => until));
    if (next !== Infinity) this.#expiry = clock.after(next - clock.now(), () => this.#know(this.unlocks));
  }
}

function readOnly(): JarvisError {
  return new JarvisError({
    code: 'remediation.readOnly',
    message: t('Jarvis is in read-only mode: nothing is written.'),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.readOnly' }],
  });
}

function locked({ cluster, namespace }: Place): JarvisError {
  return new JarvisError({
    code: 'remediation.locked',
    message: t(
      '{0} › {1} is production and locked: unlock it with a reason before anything is written.',
      cluster.context,
      namespace,
    ),
    remedies: [{ kind: 'unlock', cluster }],
  });
}

function badInput(message: string): JarvisError {
  return new JarvisError({ code: 'remediation.badInput', message });
}
