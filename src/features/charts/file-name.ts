import { withoutHalves } from '../../core/text.ts';
import type { ChartData } from '../../domain/metrics/model.ts';

const letters = 80;
/** File systems allow 255 bytes, of which the time and the ending take some; a letter takes up to four. */
const bytes = 200;

/** The title as a file name: what a server called its object must not lead out of the folder. */
export function fileName({ title, to }: Pick<ChartData, 'title' | 'to'>, extension: string): string {
  const safe = title.replace(/[^\p{L}\p{M}\p{N}._-]+/gu, '-').replace(/^[.-]+|-+$/g, '');
  const time = new Date(to).toISOString().slice(0, 16).replaceAll(':', '');
  return `${short(safe) || 'chart'}-${time}.${extension}`;
}

function short(text: string): string {
  const first = withoutHalves(text.slice(0, letters));
  return first.slice(0, new TextEncoder().encodeInto(first, new Uint8Array(bytes)).read);
}
