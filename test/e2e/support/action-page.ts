import type { Frame, Locator } from 'playwright-core';
import { patience, waitUntil } from './wait.ts';
import type { Workbench } from './workbench.ts';

/** The action page as a person sees it: its lines, its badge, its buttons. */
export class ActionPage {
  readonly frame: Frame;
  readonly #workbench: Workbench;

  private constructor(workbench: Workbench, frame: Frame) {
    this.#workbench = workbench;
    this.frame = frame;
  }

  /** The open page whose tab has the title. */
  static async find(workbench: Workbench, title: string): Promise<ActionPage> {
    return new ActionPage(workbench, await workbench.webviewFrame(title));
  }

  line(id: 'plan' | 'confirm' | 'run' | 'verify' | 'record'): Locator {
    return this.frame.locator(`.line-${id}`);
  }

  /** Until the badge says it: "running", "verified" … @param timeout milliseconds */
  async says(phase: RegExp, timeout = patience): Promise<void> {
    await this.frame.locator('.badge-word').filter({ hasText: phase }).waitFor({ timeout });
  }

  button(name: string): Locator {
    return this.frame.getByRole('button', { name, exact: true });
  }

  /** Is the button there now? A page that has given way to another has none. */
  async offers(button: string): Promise<boolean> {
    try {
      return await this.button(button).isVisible();
    } catch (error) {
      if (this.frame.isDetached()) return false;
      throw error;
    }
  }

  async press(button: string): Promise<void> {
    await this.button(button).click();
  }

  /** Makes the same plan anew: a page of its own takes the place of this one. */
  async planAgain(title: string): Promise<ActionPage> {
    await this.press('Plan again');
    await waitUntil('the old page to give way', () => Promise.resolve(this.frame.isDetached()));
    const page = await ActionPage.find(this.#workbench, title);
    await page.button('Confirm…').waitFor();
    return page;
  }

  /** A row of what is verified, by its label. */
  tick(label: RegExp): Locator {
    return this.frame.locator('.tick').filter({ hasText: label });
  }

  /** Asks to confirm and says yes in the modal. `look` sees the modal before. */
  async confirm(look: (modal: Locator) => Promise<void> = () => Promise.resolve()): Promise<void> {
    await this.press('Confirm…');
    const { modal } = this.#workbench;
    await modal.waitFor();
    await look(modal);
    await modal.getByRole('button', { name: 'Run', exact: true }).click();
  }

  /** Sends the extension what no button sends: what a page that was taken over could do. */
  async post(message: unknown): Promise<void> {
    // the one function through which VS Code lets a page speak, in the frame around it
    const send = '__vscode_post_message__("onmessage", { message: MESSAGE })'.replace(
      'MESSAGE',
      JSON.stringify(message),
    );
    await this.frame.parentFrame()?.evaluate(send);
  }
}
