import { oneLine } from '../core/text.ts';

/**
 * Text from a server as Markdown that shows exactly that text: every character that Markdown or HTML could read as
 * markup is escaped, so are `$(icon)` and bare links, and line breaks become spaces.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text.replace(/[\r\n\t]+/g, ' '))
    .replace(/[\\`*_{}[\]()#+\-.!|~$@:]/g, '\\$&')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;');
}
