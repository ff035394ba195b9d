/** A line as container runtimes write it into a pod's log file: time, stream, "F" for a full line, text. */
export function criLine(text: string, at = new Date(), stream: 'stdout' | 'stderr' = 'stdout'): string {
  return `${at.toISOString().replace('Z', '000000Z')} ${stream} F ${text}\n`;
}
