import type { ChartData } from '../../domain/metrics/model.ts';

/** The title as a file name: what a server called its object must not lead out of the folder. */
export function fileName({ title, to }: Pick<ChartData, 'title' | 'to'>, extension: string): string {
  const safe = title.replace(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+|-+$/g, '');
  const time = new Date(to).toISOString().slice(0, 16).replaceAll(':', '');
  return `${safe.slice(0, 80) || 'chart'}-${time}.${extension}`;
}
