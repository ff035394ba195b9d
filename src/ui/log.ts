import type { LogOutputChannel } from 'vscode';
import type { Logger } from '../core/log.ts';

/** The log as the output channel "Jarvis" shows it: an error with its cause below it. */
export function channelLogger(channel: LogOutputChannel): Logger {
  return {
    debug: (message) => channel.debug(message),
    info: (message) => channel.info(message),
    warn: (message, error) => channel.warn(withCause(message, error)),
    error: (message, error) => channel.error(withCause(message, error)),
  };
}

function withCause(message: string, error: unknown): string {
  if (error === undefined) return message;
  return `${message}\n${error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)}`;
}
