import { harmless } from './harmless.ts';

/** A line of a container's log, as it is kept and shown. */
export interface LogLine {
  /** By position among the sources of its view. */
  readonly source: number;
  /** When the container runtime took it, ms since the epoch with fractions; 0 where it did not say. */
  readonly at: number;
  /** Free of anything that a terminal or a page would obey. */
  readonly text: string;
}

/**
 * A line as `timestamps=true` gives it: an RFC 3339 time with up to nine decimals, a space, the text.
 * Source: k8s.io/cri-client pkg/logs (logWriter.write).
 */
export function parseLine(raw: string): { readonly at: number; readonly text: string } {
  const [stamp = ''] = stampOf.exec(raw) ?? [];
  const at = stamp ? timeOf(stamp) : NaN;
  if (Number.isNaN(at)) return { at: 0, text: harmless(raw) };
  return { at, text: harmless(raw.slice(stamp.length + 1)) };
}

const stampOf = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)(?= |$)/;

/** Milliseconds with the decimals that Date leaves out. */
function timeOf(stamp: string): number {
  const beyond = /\.\d{3}(\d+)/.exec(stamp)?.[1];
  return Date.parse(stamp) + (beyond ? Number(`0.${beyond}`) : 0);
}
