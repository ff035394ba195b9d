import type { Clock } from '../../core/clock.ts';
import { DisposableStore } from '../../core/disposable.ts';
import { isCancelled, type JarvisError, type Remedy, toJarvisError } from '../../core/errors.ts';
import { currentBundle } from '../../core/l10n.ts';
import { errorOf } from '../../core/loadable.ts';
import type { Logger } from '../../core/log.ts';
import { isOutcome, needsSignIn } from '../../domain/remediation/run-state.ts';
import { type ActionCommand, type ActionToHost, actionToHost, type ActionToView } from '../contract/action.ts';
import type { Handlers, Send } from '../contract/message.ts';
import type { ActionModel } from './action-model.ts';
import { receiver } from './channel.ts';
import { type Session, viewError } from './session.ts';

export interface ActionPorts {
  readonly clock: Clock;
  readonly log: Logger;
  readonly language: string;
  readonly send: Send<ActionToView>;
  openUrl(url: string): Promise<void>;
  openAction(planId: string): Promise<void>;
  openLog(): void;
  /** Carries out a way out of an error (`retry` is the session's own), and calls `retry` when it may help to. */
  runRemedy(remedy: Remedy, retry: () => void): Promise<void>;
}

/** One open action page: tells it of every change, and turns its buttons into calls of the model, one at a time. */
export class ActionSession implements Session {
  readonly receive: Session['receive'];
  readonly #planId: string;
  readonly #model: ActionModel;
  readonly #ports: ActionPorts;
  readonly #owned = new DisposableStore();
  readonly #busy = new Set<ActionCommand>();
  #failed: { readonly command: ActionCommand; readonly error: JarvisError } | undefined;
  #visible = true;

  constructor(planId: string, model: ActionModel, ports: ActionPorts) {
    this.#planId = planId;
    this.#model = this.#owned.add(model);
    this.#ports = ports;
    this.receive = receiver(actionToHost, this.#handlers(), ports.log);
    this.#owned.add(model.onDidChange((what) => (what === 'chart' ? this.#tellChart() : this.#tell())));
  }

  setVisible(visible: boolean): void {
    this.#visible = visible;
    this.#model.setVisible(visible);
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #handlers(): Handlers<ActionToHost> {
    const ports = this.#ports;
    const model = this.#model;
    return {
      ready: () => this.#ready(),
      confirm: () => this.#do('confirm'),
      cancel: () => this.#do('cancel'),
      undo: () => this.#do('undo'),
      keep: () => this.#do('keep'),
      planAgain: () => (this.#isSignedOut ? this.#signIn() : this.#do('planAgain')),
      discard: () => model.discard(),
      openRun: () => this.#openUrl(model.state?.result?.url ?? model.state?.progress?.url ?? model.state?.handle?.url),
      openJob: ({ index }) => this.#openUrl(model.state?.progress?.jobs[index]?.url),
      openRelated: async () => {
        const planId = model.state?.undoneBy ?? model.state?.plan.undoOf;
        if (planId !== undefined) await ports.openAction(planId);
      },
      openLog: () => ports.openLog(),
      openChart: () => model.openChart(),
      remedy: ({ index }) => this.#remedy(index),
      solve: async ({ index }) => {
        const remedy = model.obstacle?.remedies[index];
        if (remedy) await ports.runRemedy(remedy, () => undefined);
      },
      openOwner: ({ index }) => this.#openUrl(model.state?.plan.owners[index]?.git),
      openDocument: ({ index }) => model.openDocument(index),
      signIn: () => this.#signIn(),
    };
  }

  #ready(): void {
    this.#ports.send('init', {
      bundle: currentBundle(),
      language: this.#ports.language,
      persisted: { planId: this.#planId },
    });
    this.#tell();
    this.#tellChart();
  }

  /** A second press while the first is under way does nothing: no write is asked for twice. */
  async #do(command: ActionCommand): Promise<void> {
    if (this.#busy.has(command)) return;
    this.#busy.add(command);
    this.#failed = undefined;
    this.#tell();
    try {
      await this.#model[command]();
    } catch (error) {
      if (!isCancelled(error)) this.#failed = { command, error: this.#note(error) };
    }
    this.#busy.delete(command);
    this.#tell();
  }

  #note(error: unknown): JarvisError {
    const known = toJarvisError(error);
    this.#ports.log.warn(`${known.code}: ${known.message}`, known.cause);
    return known;
  }

  async #remedy(index: number): Promise<void> {
    const remedy = this.#failed?.error.remedies[index];
    if (!this.#failed || !remedy) return;
    const { command } = this.#failed;
    if (remedy.kind === 'retry') await this.#do(command);
    else await this.#ports.runRemedy(remedy, () => void this.#do(command));
  }

  /** Did the last thing that was tried fail for want of a sign-in? */
  get #isSignedOut(): boolean {
    const { state } = this.#model;
    if (this.#failed) return this.#failed.error.code === 'github.unauthorized';
    return state !== undefined && needsSignIn(state);
  }

  /** Then plans anew where nothing was sent; a run under way is seen again by itself. */
  async #signIn(): Promise<void> {
    const phase = this.#model.state?.phase;
    const goOn = () => void (phase && isOutcome(phase) && this.#do('planAgain'));
    await this.#ports.runRemedy({ kind: 'signInGitHub' }, goOn);
  }

  async #openUrl(url: string | undefined): Promise<void> {
    if (url !== undefined) await this.#ports.openUrl(url);
  }

  #tell(): void {
    if (!this.#visible) return;
    const { state, journal, obstacle } = this.#model;
    const why = errorOf(journal)?.message;
    this.#ports.send('action', {
      now: this.#ports.clock.now(),
      ...(state && { state }),
      ...(obstacle && { obstacle: viewError(obstacle) }),
      ...(journal.state !== 'ready' && { unread: why === undefined ? {} : { why } }),
      busy: [...this.#busy],
      ...(this.#failed && { error: viewError(this.#failed.error) }),
    });
  }

  #tellChart(): void {
    const { chart } = this.#model;
    if (this.#visible && chart) this.#ports.send('chart', { data: chart });
  }
}
