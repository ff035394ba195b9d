import { escapeMarkdown } from '../markdown.ts';
import type { Tooltip } from './model.ts';

/** The tooltip as Markdown source, every text of it escaped. */
export function tooltipMarkdown({ title, facts = [], text = [] }: Tooltip): string {
  const table = facts.map(([label, value]) => `| ${escapeMarkdown(label)} | ${escapeMarkdown(value)} |`);
  return [
    `**${escapeMarkdown(title)}**`,
    ...(table.length > 0 ? [['| | |', '|:--|:--|', ...table].join('\n')] : []),
    ...text.map(escapeMarkdown),
  ].join('\n\n');
}
