import type { LogLine } from './line.ts';

/** The lines as a file or the clipboard has them; `labels`, where there are several sources, by their number. */
export function asText(
  lines: readonly LogLine[],
  { timestamps, labels }: { readonly timestamps: boolean; readonly labels: readonly string[] },
): string {
  const several = labels.length > 1;
  return lines
    .map(({ source, at, text }) => {
      const time = timestamps && at > 0 ? `${new Date(at).toISOString()} ` : '';
      return `${time}${several ? `[${labels[source] ?? ''}] ` : ''}${text}\n`;
    })
    .join('');
}
