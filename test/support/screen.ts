import assert from 'node:assert/strict';
import { RefreshScheduler } from '../../src/ui/refresh-scheduler.ts';
import type { TreeElement } from '../../src/ui/tree/element.ts';
import { TreeEngine } from '../../src/ui/tree/engine.ts';
import type { Branch, Row } from '../../src/ui/tree/model.ts';
import type { FakeClock } from './fake-clock.ts';

/** Draws a tree as VS Code does: asks for what is expanded, redraws what is said to have changed, and nothing else. */
export class Screen {
  readonly engine: TreeEngine;
  readonly scheduler: RefreshScheduler;
  /** Labels in the order in which rows were drawn, since the last {@link forget}. */
  readonly drawn: string[] = [];
  visible = true;
  readonly #rows = new Map<TreeElement, Row>();
  readonly #children = new Map<TreeElement, readonly TreeElement[]>();

  constructor(
    branch: Branch,
    clock: FakeClock,
    options: { readonly pageSize?: number; readonly hiddenGraceMs?: number } = {},
  ) {
    const isVisible = () => this.visible;
    const refreshable = {
      get visible() {
        return isVisible();
      },
      flush: (all: boolean) => this.engine.flush(all),
    };
    this.scheduler = new RefreshScheduler(clock);
    this.engine = new TreeEngine(branch, {
      clock,
      requestFlush: () => this.scheduler.request(refreshable),
      ...options,
    });
    this.scheduler.add(refreshable);
    this.engine.onDidChange((changed) => {
      for (const element of changed) this.#redraw(element);
    });
    this.#list(this.engine.root);
  }

  expand(...labels: readonly string[]): void {
    const element = this.find(...labels);
    this.engine.setExpanded(element, true);
    this.#list(element);
  }

  collapse(...labels: readonly string[]): void {
    const element = this.find(...labels);
    this.engine.setExpanded(element, false);
    this.#children.delete(element);
  }

  show(visible: boolean): void {
    this.visible = visible;
    this.engine.setVisible(visible);
    if (visible) this.engine.flush(true);
  }

  /** The element that is reached by these labels, one a level. */
  find(...labels: readonly string[]): TreeElement {
    let at = this.engine.root;
    for (const label of labels) {
      const child = this.#children.get(at)?.find((one) => this.#rows.get(one)?.label === label);
      assert.ok(child, `no row "${label}" in:\n${this.lines().join('\n')}`);
      at = child;
    }
    return at;
  }

  row(...labels: readonly string[]): Row {
    const row = this.#rows.get(this.find(...labels));
    assert.ok(row);
    return row;
  }

  rowsUnder(element: TreeElement): readonly (readonly [TreeElement, Row])[] {
    return (this.#children.get(element) ?? []).map((child) => [child, this.#rows.get(child) ?? { label: '?' }]);
  }

  /** What is on the screen, a line a row: indented label, then the description after two spaces. */
  lines(under: TreeElement = this.engine.root, depth = 0): readonly string[] {
    return (this.#children.get(under) ?? []).flatMap((element) => {
      const { label, description } = this.#rows.get(element) ?? { label: '?' };
      return [
        `${'  '.repeat(depth)}${label}${description ? `  ${description}` : ''}`,
        ...this.lines(element, depth + 1),
      ];
    });
  }

  forget(): void {
    this.drawn.length = 0;
  }

  dispose(): void {
    this.engine.dispose();
    this.scheduler.dispose();
  }

  #redraw(element: TreeElement): void {
    if (element !== this.engine.root) this.#draw(element);
    if (this.#children.has(element) || element.node.expanded) this.#list(element);
  }

  #list(element: TreeElement): void {
    const before = this.#children.get(element) ?? [];
    const children = this.engine.children(element);
    this.#children.set(element, children);
    for (const gone of before) if (!children.includes(gone)) this.#rows.delete(gone);
    for (const child of children) {
      const isNew = !before.includes(child);
      this.#draw(child);
      if (this.#children.has(child) || (isNew && child.startsOpen)) this.#list(child);
    }
  }

  #draw(element: TreeElement): void {
    const row = element.show();
    this.#rows.set(element, row);
    this.drawn.push(row.label);
  }
}

/** What a test expects of a row; parts that are left out may be anything. */
export interface ExpectedRow {
  readonly label: string | RegExp;
  readonly description?: string | RegExp;
  readonly icon?: string;
  readonly context?: string | RegExp;
  readonly children?: readonly ExpectedRow[];
}

/** Holds the screen, or what is under a row of it, against an outline: exactly these rows, in this order. */
export function assertTree(screen: Screen, expected: readonly ExpectedRow[], ...under: readonly string[]): void {
  assertRows(screen, screen.find(...under), expected);
}

function assertRows(screen: Screen, under: TreeElement, expected: readonly ExpectedRow[]): void {
  const rows = screen.rowsUnder(under);
  const labels = rows.map(([, row]) => row.label).join(', ');
  assert.equal(rows.length, expected.length, `rows: ${labels}\n${screen.lines().join('\n')}`);
  rows.forEach(([element, row], index) => {
    const { label, description, icon, context, children } = expected[index] ?? { label: '' };
    matches(row.label, label, 'label');
    if (description !== undefined) matches(row.description ?? '', description, `description of ${row.label}`);
    if (icon !== undefined) assert.equal(row.icon?.id, icon, `icon of ${row.label}`);
    if (context !== undefined) matches(row.context ?? '', context, `context of ${row.label}`);
    if (children) assertRows(screen, element, children);
  });
}

function matches(actual: string, expected: string | RegExp, what: string): void {
  if (typeof expected === 'string') assert.equal(actual, expected, what);
  else assert.match(actual, expected, what);
}
