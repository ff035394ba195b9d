import * as vscode from 'vscode';
import type { ContextKeys } from '../contributions.ts';

/** Sets a context key when its value differs from what was set last; each setting is a message to the window. */
export class ContextKey<K extends keyof ContextKeys> {
  readonly #key: K;
  #value: ContextKeys[K] | undefined;

  constructor(key: K) {
    this.#key = key;
  }

  set(value: ContextKeys[K]): void {
    if (this.#value === value) return;
    this.#value = value;
    void vscode.commands.executeCommand('setContext', this.#key, value);
  }
}
