import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { root } from '../../support/process.ts';
import { type LaunchOptions, type VSCode, launchVSCode } from '../../support/vscode/launch.ts';
import { comes, patience, succeeds, waitUntil } from './wait.ts';

/** VS Code as a person sees it: what can be looked for is a Playwright locator, what can be done is a verb. */
export class Workbench {
  readonly page: Page;
  readonly #close: () => Promise<void>;

  constructor(page: Page, close: () => Promise<void>) {
    this.page = page;
    page.setDefaultTimeout(patience);
    this.#close = close;
  }

  /** Opens a view container by its name in the activity bar (a badge adds to it), unless it is the one shown. */
  async openView(container: string): Promise<void> {
    const tab = this.page.locator('.activitybar').getByRole('tab', { name: new RegExp(`^${container}\\b`) });
    await waitUntil(`${container} to be shown`, async () => {
      if ((await tab.getAttribute('aria-selected')) === 'true') return true;
      // closes it where a window that is reloaded has just then opened it again by itself
      await tab.click();
      return comes(tab.and(this.page.locator('[aria-selected="true"]')));
    });
    // its tooltip would come to lie over the rows
    await this.page.mouse.move(640, 400);
  }

  /** Drags the sidebar's edge, so that rows show what they say. @param width pixels */
  async widenSidebar(width: number): Promise<void> {
    const edge = await this.page.locator('.part.sidebar').boundingBox();
    if (!edge) throw new Error('There is no sidebar.');
    const x = edge.x + edge.width;
    await this.page.mouse.move(x, edge.y + 300);
    await this.page.mouse.down();
    await this.page.mouse.move(edge.x + width, edge.y + 300, { steps: 5 });
    await this.page.mouse.up();
    await this.page.mouse.move(edge.x + width + 100, edge.y + 300);
  }

  /** A view's section in the sidebar, by its title. */
  section(title: string): Locator {
    const header = this.page.locator('.pane-header', { hasText: title });
    return this.page.locator('.pane').filter({ has: header });
  }

  /** Closes a section, so that the others have its place. */
  async fold(section: Locator): Promise<void> {
    const header = section.locator('.pane-header');
    if ((await header.getAttribute('aria-expanded')) === 'true') await header.click();
  }

  /** A row of a tree by a part of what it shows; `within` narrows it to a section. */
  treeItem(label: string | RegExp, within?: Locator): Locator {
    return (within ?? this.page.locator('.sidebar')).getByRole('treeitem').filter({ hasText: label }).first();
  }

  expand(item: Locator): Promise<void> {
    return this.#toggle(item, 'true');
  }

  collapse(item: Locator): Promise<void> {
    return this.#toggle(item, 'false');
  }

  /** Until the row is as wanted: a click that meets a row while it is drawn anew is lost. A row without children stays. */
  async #toggle(item: Locator, expanded: 'true' | 'false'): Promise<void> {
    await item.waitFor();
    const wanted = item.and(this.page.locator(`[aria-expanded="${expanded}"]`));
    let leaf = 0;
    await waitUntil(`a row to be ${expanded === 'true' ? 'open' : 'closed'}`, async () => {
      const state = await item.getAttribute('aria-expanded');
      // a row that is just then drawn anew says nothing for a moment, either
      if (state === null) return ++leaf > 5;
      if (state === expanded) return true;
      await item.locator('.monaco-tl-twistie').click();
      // a second click after one that is only late would take it back
      return comes(wanted, 10_000);
    });
  }

  /** Chooses an entry of a row's context menu, or of a submenu of it. */
  async contextMenu(item: Locator, entry: string, submenu?: string): Promise<void> {
    const menuItem = (name: string) => this.page.getByRole('menuitem', { name });
    const choice = menuItem(entry);
    await this.#openMenu(item, menuItem(submenu ?? entry));
    if (submenu !== undefined) {
      await menuItem(submenu).hover();
      await choice.waitFor();
    }
    // a menu that has just opened does not heed the button yet
    await waitUntil(`"${entry}" to be taken`, async () => {
      await choice.click({ timeout: 1_000 }).catch(() => undefined);
      return !(await choice.isVisible());
    });
  }

  /** What a row's context menu offers, without what only its submenus do. */
  async contextMenuEntries(item: Locator): Promise<readonly string[]> {
    const entries = this.page.locator('.context-view .monaco-menu').getByRole('menuitem');
    await this.#openMenu(item, entries.first());
    const names = await entries.allInnerTexts();
    await this.page.keyboard.press('Escape');
    await entries.first().waitFor({ state: 'detached' });
    return names.map((name) => name.trim());
  }

  /** Until the row's context menu shows the entry: it does not open on a row that is just then drawn anew. */
  async #openMenu(item: Locator, entry: Locator): Promise<void> {
    const menu = this.page.locator('.context-view .monaco-menu');
    await waitUntil('a context menu', async () => {
      await item.click({ button: 'right' });
      if (await comes(entry)) return true;
      // that of a row that has moved under the pointer lies over all others
      if (await menu.isVisible()) await this.page.keyboard.press('Escape');
      return false;
    });
  }

  /** Rests the pointer on it until its tooltip says the text: what is drawn anew meanwhile takes its tooltip along. */
  async hover(item: Locator, text: string): Promise<void> {
    const tooltip = this.page.locator('.monaco-hover:not(.hidden)').getByText(text).first();
    await waitUntil(`the tooltip with "${text}"`, async () => {
      await this.page.mouse.move(0, 0);
      await item.hover();
      return comes(tooltip, 5_000);
    });
  }

  /** Presses one of the buttons that a row shows when the pointer is on it. */
  async inlineAction(item: Locator, title: string): Promise<void> {
    await item.hover();
    await item.getByRole('button', { name: title }).click();
  }

  /** Runs a command from the palette by its title, category included. */
  async runCommand(title: string): Promise<void> {
    // what matches is marked: before that, the rows are still those of all commands and about to move
    const entry = this.picks.filter({ hasText: title, has: this.page.locator('.highlight') }).first();
    // a command before it that is still about to move the focus closes the palette again
    await waitUntil(`the palette with "${title}"`, async () => {
      await this.page.keyboard.press('F1');
      const isAsked = await succeeds(this.quickInput.fill(`>${title}`, { timeout: 2_000 }));
      return isAsked && succeeds(entry.click({ timeout: 10_000 }));
    });
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  /** The entries that a quick pick shows. */
  get picks(): Locator {
    return this.page.locator('.quick-input-widget .monaco-list-row');
  }

  /** Takes the entry of the open quick pick that contains the text. */
  async pick(text: string): Promise<void> {
    await this.picks.filter({ hasText: text }).first().click();
  }

  /** Types into the input box with the title, once it is open, and accepts it; back when it was taken. */
  async enter(title: string | RegExp, text: string): Promise<void> {
    const box = this.page.locator('.quick-input-title').filter({ hasText: title });
    await box.waitFor();
    await this.quickInput.fill(text);
    await this.quickInput.press('Enter');
    // it is checked first, and what opens meanwhile would cancel it
    await box.waitFor({ state: 'hidden' });
  }

  statusBarItem(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item').filter({ hasText: text }).first();
  }

  notification(text: string | RegExp): Locator {
    return this.page.locator('.notification-toast').filter({ hasText: text }).first();
  }

  /** A button of a notification or of the modal, wherever it is. */
  button(name: string, within: Locator): Locator {
    return within.getByRole('button', { name });
  }

  get modal(): Locator {
    return this.page.locator('.monaco-dialog-box');
  }

  editorTab(title: string | RegExp): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: title }).first();
  }

  /** The document inside the webview with the title that it was opened with. Waits for it. */
  webviewFrame(title: string | RegExp): Promise<Frame> {
    return waitUntil(`the webview "${title.toString()}"`, () => this.#findFrame(title));
  }

  async #findFrame(title: string | RegExp): Promise<Frame | undefined> {
    for (const frame of this.page.frames()) {
      if (frame.isDetached() || !frame.url().includes('fake.html')) continue;
      if (await isShown(frame, title)) return frame;
    }
    return undefined;
  }

  /** Takes a picture, without the tooltip of what the pointer happens to be on: into media/screenshots when JARVIS_SCREENSHOTS is "update", else into out/screenshots. */
  async screenshot(name: string, { pointer = 'away' }: { pointer?: 'away' | 'stays' } = {}): Promise<void> {
    if (pointer === 'away') await this.#putPointerAway();
    const folder = process.env['JARVIS_SCREENSHOTS'] === 'update' ? 'media/screenshots' : 'out/screenshots';
    await mkdir(path.join(root, folder), { recursive: true });
    await this.page.screenshot({
      path: path.join(root, folder, `${name}.png`),
      caret: 'hide',
      animations: 'disabled', // what fades in is there
    });
  }

  /** Until no tooltip lies over anything. */
  async #putPointerAway(): Promise<void> {
    const tooltip = this.page.locator('.workbench-hover-container:visible').first();
    await this.page.mouse.move(0, 0);
    await waitUntil('no tooltip', async () => {
      if (!(await tooltip.isVisible())) return true;
      // one that came after the pointer had gone stays until the pointer has come and gone again
      await succeeds(tooltip.hover({ timeout: 1_000 }));
      await this.page.mouse.move(0, 0);
      return false;
    });
  }

  /** As a person does it: unlike a reload of the page, it lets VS Code keep what is open. */
  async reload(): Promise<void> {
    const reloaded = this.page.waitForEvent('domcontentloaded');
    await this.runCommand('Developer: Reload Window');
    await reloaded;
    await this.ready();
  }

  /** Until Jarvis has its place in the activity bar: from then on its commands are in the palette. */
  async ready(): Promise<void> {
    await this.page.locator('.activitybar').getByRole('tab', { name: 'Jarvis' }).waitFor();
  }

  close(): Promise<void> {
    return this.#close();
  }
}

/** Is it the page of the webview with the title? A page that was hidden goes away, maybe while it is asked. */
async function isShown(frame: Frame, title: string | RegExp): Promise<boolean> {
  try {
    const element = await frame.frameElement();
    const [id, shown] = [await element.getAttribute('id'), (await element.getAttribute('title')) ?? ''];
    return id === 'active-frame' && (typeof title === 'string' ? shown === title : title.test(shown));
  } catch (error) {
    if (frame.isDetached()) return false;
    throw error;
  }
}

const opened = new Set<Workbench>();

/** What the person would have seen when a test failed, in out/failures. */
afterEach(async function () {
  if (this.currentTest?.state !== 'failed') return;
  const name = this.currentTest.fullTitle().replace(/\W+/g, '-');
  let number = 0;
  for (const { page } of opened)
    await page.screenshot({ path: path.join(root, `out/failures/${name}-${++number}.png`) });
});

/** Starts VS Code with Jarvis (as built in dist) in an empty workspace, or the given one. */
export async function startWorkbench(options: Partial<LaunchOptions> = {}): Promise<Workbench> {
  const workspace = options.workspace ?? (await mkdtemp(path.join(tmpdir(), 'jarvis-workspace-')));
  // an unpacked VSIX, for instance
  const extensionPath = process.env['JARVIS_EXTENSION'] ?? root;
  const vscode: VSCode = await launchVSCode({ extensionPath, ...options, workspace });
  const workbench = new Workbench(vscode.page, async () => {
    opened.delete(workbench);
    await vscode.close();
    if (options.workspace === undefined) await rm(workspace, { recursive: true, force: true });
  });
  opened.add(workbench);
  await workbench.ready();
  return workbench;
}
