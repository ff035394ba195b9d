import type { LogOutputChannel } from 'vscode';
import { indented, oneLine } from '../core/text.ts';
import type { Logger } from '../core/log.ts';

/**
 * The log as the output channel "Jarvis" shows it: an error with its cause below it. What servers said is in messages and
 * causes: no line break of theirs begins an entry, and no escape reaches the terminal of who reads the log's file.
 */
export function channelLogger(channel: Pick<LogOutputChannel, keyof Logger>): Logger {
  return {
    debug: (message) => channel.debug(oneLine(message)),
    info: (message) => channel.info(oneLine(message)),
    warn: (message, error) => channel.warn(withCause(message, error)),
    error: (message, error) => channel.error(withCause(message, error)),
  };
}

function withCause(message: string, error: unknown): string {
  if (error === undefined) return oneLine(message);
  const cause = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error);
  return `${oneLine(message)}\n    ${indented(cause)}`;
}
