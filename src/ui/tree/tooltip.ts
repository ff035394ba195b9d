import { escapeMarkdown } from '../markdown.ts';
import type { Tooltip } from './model.ts';

/** The tooltip as Markdown source, every text of it escaped; `summary` is the row's description, which may be cut off. */
export function tooltipMarkdown({ title, facts = [], text = [] }: Tooltip, summary = ''): string {
  const table = facts.map(([label, value]) => `| ${escapeMarkdown(label)} | ${escapeMarkdown(value)} |`);
  return [
    `**${escapeMarkdown(title)}**`,
    ...(summary ? [escapeMarkdown(summary)] : []),
    ...(table.length > 0 ? [['| | |', '|:--|:--|', ...table].join('\n')] : []),
    ...text.map(escapeMarkdown),
  ].join('\n\n');
}
