/** `2026-11-21 09:00:00 UTC`: what is journalled is read later and elsewhere, so its times stand by themselves. */
export function utc(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
