import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { Runs } from '../../domain/remediation/runs.ts';
import { notice } from '../../ui/notice.ts';
import { protectionSettings } from '../../ui/protection.ts';
import { onDidChangeSetting } from '../../ui/settings.ts';
import { inWords } from './in-words.ts';

/**
 * The terminals in containers, for as long as they are open. A lock that comes, or comes back, ends none of them: somebody
 * may be in the middle of something. It is said once which of them are left behind it, and a person closes them or not.
 */
export class ContainerTerminals implements Disposable {
  readonly #runs: Pick<Runs, 'obstacle'>;
  readonly #tell: typeof notice;
  readonly #owned = new DisposableStore();
  readonly #podOf = new Map<vscode.Terminal, ObjectRef>();
  #told: ReadonlySet<vscode.Terminal> = new Set();

  constructor(runs: Pick<Runs, 'obstacle' | 'onDidChange'>, tell = notice) {
    this.#runs = runs;
    this.#tell = tell;
    const look = () => this.#look();
    // no ids: a lock has changed
    this.#owned.add(runs.onDidChange((ids) => ids.size === 0 && look()));
    this.#owned.add(onDidChangeSetting(protectionSettings, look));
    this.#owned.add(vscode.window.onDidCloseTerminal((closed) => this.#podOf.delete(closed)));
  }

  add(terminal: vscode.Terminal, pod: ObjectRef): void {
    this.#podOf.set(terminal, pod);
    // an unlock may have ended while it was opened
    this.#look();
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #look(): void {
    const locked = [...this.#podOf].filter(([, pod]) => this.#runs.obstacle(pod)).map(([terminal]) => terminal);
    const left = locked.filter((terminal) => !this.#told.has(terminal));
    this.#told = new Set(locked);
    if (left.length > 0) void this.#sayWhatIsLeft(left);
  }

  async #sayWhatIsLeft(terminals: readonly vscode.Terminal[]): Promise<void> {
    const pods = terminals.flatMap((terminal) => this.#podOf.get(terminal) ?? []).map(inWords);
    const message = t(
      'Writing is locked, but terminals are still open in {0}. What is typed in them is carried out all the same.',
      pods.join(', '),
    );
    if (await this.#tell('warning', message, [{ title: t('Close Terminals') }]))
      for (const terminal of terminals) terminal.dispose();
  }
}
