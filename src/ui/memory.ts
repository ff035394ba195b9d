/** Everything that is kept for a workspace: a wrong key does not compile. */
type MemoryKey = 'jarvis.alarms.filter' | 'jarvis.clusters.look' | 'jarvis.portForwards' | 'jarvis.setUp';

/** Where a view keeps what a person chose: a part of vscode.Memento. */
export interface Memory {
  get(key: MemoryKey): unknown;
  update(key: MemoryKey, value: unknown): PromiseLike<void>;
}
