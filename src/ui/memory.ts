/** Where a view keeps what a person chose: a part of vscode.Memento. */
export interface Memory {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}
