import type { Row, Subject, TreeNode, OpenBranch } from './model.ts';

/** One row on the screen. It outlives the node that describes it: as long as the key is there, it is the same element. */
export class TreeElement {
  readonly id: string;
  readonly parent: TreeElement | undefined;
  node: TreeNode;
  children: readonly TreeElement[] | undefined;
  expanded = false;
  /** How many children are shown before "more". */
  limit: number;
  open: OpenBranch | undefined;
  /** A person had it open before it went away and came back. */
  wasOpen = false;
  /** Have all children been known, ever? */
  isWhole = false;
  #shown: string | undefined;

  constructor(node: TreeNode, limit: number, parent?: TreeElement, id = '') {
    this.node = node;
    this.limit = limit;
    this.parent = parent;
    this.id = id;
  }

  get subject(): Subject {
    return this.node.subject ?? {};
  }

  /** Is it to be drawn open when it comes? */
  get startsOpen(): boolean {
    return this.wasOpen || this.node.expanded === true;
  }

  /** The row, remembered as what the screen shows from now on. */
  show(): Row {
    const row = this.node.row();
    this.#shown = signature(this.node, row);
    return row;
  }

  /** Would the row be drawn differently now? What was never drawn needs no redrawing. */
  get isOutdated(): boolean {
    return this.#shown !== undefined && this.#shown !== signature(this.node, this.node.row());
  }

  /** This element and all below it. */
  *family(): Generator<TreeElement> {
    yield this;
    for (const child of this.children ?? []) yield* child.family();
  }

  close(): void {
    this.open?.dispose();
    this.open = undefined;
  }
}

function signature(node: TreeNode, row: Row): string {
  return JSON.stringify([row, node.branch !== undefined]);
}
