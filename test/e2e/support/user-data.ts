import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { JournalFolder } from '../../../src/clients/journal/journal-folder.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { JournalEntry, JournalEvent } from '../../../src/domain/remediation/journal.ts';
import { writeSettings } from '../../support/vscode/server.ts';
import { waitUntil } from './wait.ts';

/** Higher than Linux numbers them. */
const noProcess = 2 ** 22 + 1;

/** Where a VS Code keeps its user's things, for tests that look at or spoil what Jarvis keeps there. */
export class UserData {
  readonly folder: string;
  #settings = 0;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<UserData> {
    return new UserData(await mkdtemp(path.join(tmpdir(), 'jarvis-vscode-')));
  }

  /** The folder of the journal. */
  get journal(): string {
    return path.join(this.folder, 'data/User/globalStorage/jarvis-sre.jarvis/journal');
  }

  /** The paths of the journal's files. */
  journalFiles(): string[] {
    return globSync(path.join(this.journal, '*.jsonl'));
  }

  /** What the windows have journalled, once all that was begun has ended: what a page shows is on disk a moment later. */
  async events(): Promise<readonly JournalEvent[]> {
    return waitUntil('the record of all that has ended', async () => {
      const events = await this.#wholeLines();
      const ended = new Set(events.map((event) => event.type === 'ended' && event.planId));
      return events.every((event) => event.type !== 'confirmed' || ended.has(event.plan.id)) && events;
    });
  }

  async #wholeLines(): Promise<readonly JournalEvent[]> {
    const texts = await Promise.all(this.journalFiles().map((file) => readFile(file, 'utf8')));
    const lines = texts.flatMap((text) => text.split('\n').slice(0, -1));
    return lines.map((line) => (JSON.parse(line) as JournalEntry).event);
  }

  /** As if a window that is closed by now had seen the changes so long ago (milliseconds). */
  async backdateChanges(ms: number): Promise<void> {
    const journal = new JournalFolder(this.journal, silentLogger, noProcess);
    for (const event of await this.events()) {
      if (event.type !== 'observed' || event.tick.role !== 'change' || event.tick.endedAt === undefined) continue;
      const tick = { ...event.tick, endedAt: event.tick.endedAt - ms };
      await journal.append({ at: Date.now(), event: { ...event, tick } });
    }
    await journal.close();
  }

  /** As if another window had carried out the same plan under another title. */
  async repeatElsewhere(title: string, other: string): Promise<void> {
    const events = await this.events();
    const plan = events
      .flatMap((event) => (event.type === 'confirmed' ? [event.plan] : []))
      .find((plan) => plan.title === title);
    if (!plan) throw new Error(`There is no plan "${title}".`);
    // of a window that lives: what a dead one had only begun would be gone on with
    const journal = new JournalFolder(this.journal, silentLogger);
    for (const event of events) {
      const text = JSON.stringify(event);
      if (!text.includes(plan.id)) continue;
      const repeated = text.replaceAll(plan.id, `${plan.id}0`).replaceAll(title, other);
      await journal.append({ at: Date.now(), event: JSON.parse(repeated) as JournalEvent });
    }
    await journal.close();
  }

  /** What the output channel "Jarvis" has said in every window. */
  async log(): Promise<string> {
    const files = globSync(path.join(this.folder, 'data/logs/**/Jarvis.log'));
    return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n');
  }

  /** Changes settings as their file does, and waits until the VS Code of the page has taken them. */
  async set(settings: Record<string, unknown>, page: Page): Promise<void> {
    const file = path.join(this.folder, 'data/User/settings.json');
    const before = JSON.parse(await readFile(file, 'utf8')) as object;
    const title = `Jarvis${'\u200b'.repeat(++this.#settings)}`;
    await writeSettings(this.folder, { ...before, ...settings, 'window.title': title });
    // the window's title is a setting too: a space of no width more tells that the file is taken, and no picture shows it
    await page.waitForFunction(`document.title === ${JSON.stringify(title)}`);
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
