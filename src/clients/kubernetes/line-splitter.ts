import { withoutHalves } from '../../core/text.ts';

/** Longer lines are cut: nobody reads them, and one without an end would fill the memory. Characters. */
const longestLine = 8192;

/** Makes lines of pieces, none longer than {@link longestLine}. */
export class LineSplitter {
  #begun = '';
  #cut = 0;

  /** The line that has not ended yet. */
  get rest(): string {
    return this.#cut > 0 ? `${withoutHalves(this.#begun)}… (+${this.#cut})` : this.#begun;
  }

  push(text: string): readonly string[] {
    const parts = text.split('\n');
    const last = parts.pop() ?? '';
    const lines = parts.map((part) => {
      this.#add(part);
      const line = this.rest;
      this.#begun = '';
      this.#cut = 0;
      return line;
    });
    this.#add(last);
    return lines;
  }

  #add(text: string): void {
    const room = longestLine - this.#begun.length;
    this.#begun += text.length > room ? text.slice(0, room) : text;
    this.#cut += Math.max(0, text.length - room);
  }
}
