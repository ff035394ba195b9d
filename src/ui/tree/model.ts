import type { Disposable } from '../../core/disposable.ts';
import type { Loadable } from '../../core/loadable.ts';
import type { CommandId, Commands } from '../../contributions.ts';

/**
 * What a view is built from, without vscode: nodes are plain descriptions, made anew whenever their data change; the
 * engine matches them by key with what is on the screen and redraws only the rows that differ.
 */
export interface TreeNode {
  /** Unique among its siblings and stable: the same thing has the same key in every listing. Never shown. */
  readonly key: string;
  /** The row as it is to be drawn now. Cheap and pure: it is compared with what was drawn before. */
  row(): Row;
  /** Absent: a leaf. */
  readonly branch?: Branch;
  /** Drawn open at first sight; afterwards the person decides. */
  readonly expanded?: boolean;
  /** What commands get when they are called on this node. */
  readonly subject?: Subject;
  /** Resolved when the pointer rests on the row. */
  tooltip?(signal: AbortSignal): Tooltip | Promise<Tooltip>;
}

/** Texts are plain: nothing in them is read as markup. */
export interface Row {
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  /** For `viewItem` in menus: words, for example `hpa atMax`. What the subject holds is added as `+chart` and so on. */
  readonly context?: string;
  /** Called by a click; gets the node's subject. */
  readonly command?: CommandId;
  /** What a screen reader says instead of label and description, where a shape or colour carries meaning. */
  readonly spoken?: string;
}

/** A codicon; the colour only repeats what the shape says. */
export interface Icon {
  readonly id: string;
  readonly color?: string;
}

/** The union of what node commands take, each part optional: see contributions.ts. */
export type Subject = UnionToIntersection<NonNullable<Parameters<Commands[CommandId]>[0]>>;
type UnionToIntersection<U> = (U extends unknown ? (one: U) => void : never) extends (all: infer I) => void ? I : never;

/** Facts for a hover. Rendered with every text escaped. */
export interface Tooltip {
  readonly title: string;
  readonly facts?: readonly Fact[];
  /** Paragraphs under the facts: a server's own words, a sentence of advice. */
  readonly text?: readonly string[];
}
export type Fact = readonly [label: string, value: string];

/** Where children come from. Stateless: what an opening needs lives in {@link OpenBranch}. */
export interface Branch {
  /** What to say when the server said "empty"; an empty text leaves the place to the view's welcome. */
  readonly empty: string;
  /** Offered where there are more children than are shown at once: a command that asks what to look for. */
  readonly narrow?: CommandId;
  /** Takes what the children need (leases, listeners). `changed` says that `read` may give something new. */
  open(changed: () => void): OpenBranch;
}

/** Nodes in the order of the view. An array is one; a long list makes only those that are shown: `manyNodes`. */
export interface Nodes {
  readonly length: number;
  slice(start: number, end: number): readonly TreeNode[];
}

/** Held while the node is expanded in a visible view. */
export interface OpenBranch extends Disposable {
  read(): Loadable<Nodes>;
  /** Asks again after a failure. Where absent, the branch is opened anew. */
  retry?(): void;
}
