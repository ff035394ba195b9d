import * as vscode from 'vscode';
import type { ContextKeys } from '../contributions.ts';

/**
 * Sets a context key when its value differs from what was set last. Each setting is a message to the window: it is sent
 * when the work that is going on has ended, so that activation does not wait for a dozen of them.
 */
export class ContextKey<K extends keyof ContextKeys> {
  readonly #key: K;
  #value: ContextKeys[K] | undefined;
  #due: NodeJS.Immediate | undefined;

  constructor(key: K) {
    this.#key = key;
  }

  set(value: ContextKeys[K]): void {
    if (this.#value === value) return;
    this.#value = value;
    this.#due ??= setImmediate(() => {
      this.#due = undefined;
      void vscode.commands.executeCommand('setContext', this.#key, this.#value);
    });
  }
}
