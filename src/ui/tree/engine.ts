import type { Clock } from '../../core/clock.ts';
import type { Disposable } from '../../core/disposable.ts';
import { Emitter } from '../../core/event.ts';
import { TreeElement } from './element.ts';
import type { Branch, TreeNode } from './model.ts';
import { project } from './project.ts';

export interface TreeEngineOptions {
  readonly clock: Clock;
  /** Something may have changed: please call {@link TreeEngine.flush} soon. */
  readonly requestFlush: () => void;
  /** Children shown before "more". */
  readonly pageSize?: number;
  /** How long a hidden view keeps its leases, so that a look at another view and back costs nothing. */
  readonly hiddenGraceMs?: number;
}

/**
 * The one tree engine. It knows which elements somebody can see, holds their branches open and no others, matches new
 * nodes with the elements on the screen by key, and tells which rows to draw anew: one changed thing is one row.
 * An element is active while the view is visible and it and all above it are expanded.
 */
export class TreeEngine implements Disposable {
  readonly #changed = new Emitter<readonly TreeElement[]>();
  readonly #dirty = new Set<TreeElement>();
  /** The ids of what a person has open, also while a filter or a broken connection keeps it from the screen. */
  readonly #opened = new Set<string>();
  readonly #options: Required<TreeEngineOptions>;
  readonly root: TreeElement;
  #live = false;
  #hiding: Disposable | undefined;

  /** The elements whose rows or children are to be drawn anew; `root` stands for the whole view. */
  readonly onDidChange = this.#changed.event;

  constructor(branch: Branch, options: TreeEngineOptions) {
    this.#options = { pageSize: 500, hiddenGraceMs: 60_000, ...options };
    this.root = new TreeElement({ key: '', row: () => ({ label: '' }), branch }, this.#options.pageSize);
    this.root.expanded = true;
  }

  /** The children as they are known now; never waits. Asking means that somebody sees them. */
  children(element: TreeElement = this.root): readonly TreeElement[] {
    element.expanded = true;
    this.#opened.add(element.id);
    if (element === this.root) this.setVisible(true);
    this.#settle(element);
    // a flush has just made them what they are, when VS Code asks because of it
    if (this.#dirty.delete(element)) this.#reconcile(element);
    return element.children ?? [];
  }

  setExpanded(element: TreeElement, expanded: boolean): void {
    if (element.expanded === expanded) return;
    element.expanded = expanded;
    if (expanded) this.#opened.add(element.id);
    else this.#opened.delete(element.id);
    this.#settle(element);
  }

  setVisible(visible: boolean): void {
    this.#hiding?.dispose();
    this.#hiding = undefined;
    if (visible) this.#setLive(true);
    else if (this.#live)
      this.#hiding = this.#options.clock.after(this.#options.hiddenGraceMs, () => this.#setLive(false));
  }

  /**
   * Brings the screen up to date with what the branches say; with `all`, rows that only time has changed too.
   * @returns whether anything is drawn anew
   */
  flush(all = false): boolean {
    const due = all ? [...this.root.family()].filter((element) => element.open) : [...this.#dirty];
    this.#dirty.clear();
    const changed = due.filter((element) => element.open).flatMap((element) => this.#reconcile(element));
    if (changed.length > 0) this.#changed.fire(withoutDescendants(changed));
    return changed.length > 0;
  }

  /** Asks again for what is under the element. */
  retry(element: TreeElement): void {
    if (element.open?.retry) element.open.retry();
    else if (element.open) this.#reopen(element);
    this.#touch(element);
  }

  dispose(): void {
    this.#hiding?.dispose();
    this.#setLive(false);
    this.#changed.dispose();
  }

  #setLive(live: boolean): void {
    if (this.#live === live) return;
    this.#live = live;
    this.#settle(this.root);
  }

  #isActive(element: TreeElement): boolean {
    for (let at: TreeElement | undefined = element; at; at = at.parent) if (!at.expanded) return false;
    return this.#live;
  }

  /** Opens what has become visible and closes what no longer is, from the element down. */
  #settle(element: TreeElement): void {
    const active = this.#isActive(element);
    if (active && !element.open) this.#reopen(element);
    if (!active) element.close();
    for (const child of element.children ?? []) if (child.open ?? child.expanded) this.#settle(child);
  }

  /** The new branch is opened before the old one is let go, so that a shared watch lives through it. */
  #reopen(element: TreeElement): void {
    const before = element.open;
    element.open = element.node.branch?.open(() => this.#touch(element));
    before?.dispose();
    if (element.open) this.#touch(element);
    else this.#abandon(element);
  }

  /** A leaf now: what was under it goes. */
  #abandon(element: TreeElement): void {
    for (const child of element.children ?? []) this.#release(child);
    element.children = undefined;
  }

  #touch(element: TreeElement): void {
    this.#dirty.add(element);
    this.#options.requestFlush();
  }

  /** Makes the element's children what its branch says now. Returns what must be drawn anew. */
  #reconcile(element: TreeElement): readonly TreeElement[] {
    const { open } = element;
    if (!open) return [];
    const before = element.children;
    const nodes = project(element, open.read(), {
      retry: () => this.retry(element),
      showMore: () => {
        element.limit += this.#options.pageSize;
        this.#touch(element);
      },
    });
    const known = new Map(before?.map((child) => [child.node.key, child]));
    const children = nodes.map((node) => this.#adopt(element, node, known));
    for (const gone of known.values()) this.#release(gone);
    element.children = children;
    const same = before?.length === children.length && children.every((child, index) => child === before[index]);
    return same ? children.filter((child) => child.isOutdated) : [element];
  }

  /** The element that has shown this key so far, now described by the new node; or a new one. */
  #adopt(parent: TreeElement, node: TreeNode, known: Map<string, TreeElement>): TreeElement {
    const element = known.get(node.key);
    if (!element) return this.#create(parent, node);
    known.delete(node.key);
    const before = element.node;
    element.node = node;
    if (element.open && before.branch !== node.branch) this.#reopen(element);
    return element;
  }

  #create(parent: TreeElement, node: TreeNode): TreeElement {
    const id = `${parent.id}/${encodeURIComponent(node.key)}`;
    const element = new TreeElement(node, this.#options.pageSize, parent, id);
    element.wasOpen = this.#opened.has(id);
    return element;
  }

  #release(gone: TreeElement): void {
    for (const element of gone.family()) {
      element.close();
      this.#dirty.delete(element);
    }
  }
}

/** Drawing an element anew draws what is under it too. */
function withoutDescendants(elements: readonly TreeElement[]): readonly TreeElement[] {
  const all = new Set(elements);
  return [...all].filter((element) => {
    for (let at = element.parent; at; at = at.parent) if (all.has(at)) return false;
    return true;
  });
}
