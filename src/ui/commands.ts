import * as vscode from 'vscode';
import type { CommandId, Commands } from '../contributions.ts';
import { type Disposable, joined } from '../core/disposable.ts';
import { JarvisError } from '../core/errors.ts';
import { t } from '../core/l10n.ts';
import type { Logger } from '../core/log.ts';
import { CommandRunner } from './command-runner.ts';
import { showError } from './errors.ts';
import { TreeElement } from './tree/element.ts';

type Argument<K extends CommandId> = Parameters<Commands[K]>[0];
type Handler<K extends CommandId> = (from: Argument<K>, selected: readonly NonNullable<Argument<K>>[]) => unknown;

export interface CommandOptions {
  /** A second call while one runs does nothing: for commands that ask or write. */
  readonly single?: boolean;
}

/**
 * The only way that a command is registered. The handler throws; here it is logged and shown once. On a tree row the
 * handler gets the row's subject, and those of all selected rows where there are several; from a notice, a chart or a test
 * it gets a plain object of the same shape.
 */
export function registerCommand<K extends CommandId>(
  { log }: { readonly log: Logger },
  id: K,
  handler: Handler<K>,
  options?: CommandOptions,
): Disposable {
  const runner = new CommandRunner({ log, show: (error, retry) => void showError(error, retry) });
  return vscode.commands.registerCommand(id, (...args: unknown[]) => {
    const [first, all] = args;
    const selected = Array.isArray(all) ? all.map(subjectOf) : [];
    const work = () => {
      if (first === undefined && args.length > 1) throw rowGone();
      return handler(subjectOf(first) as Argument<K>, selected as NonNullable<Argument<K>>[]);
    };
    return runner.run(id, work, options);
  });
}

/** Handlers of a feature's commands, in a file that only they need. */
export type CommandHandlers<K extends CommandId> = { readonly [Id in K]: Handler<Id> };

/** Commands whose code is loaded with the first of them that is called. */
export function registerCommands<K extends CommandId>(
  ports: { readonly log: Logger },
  ids: readonly K[],
  load: () => Promise<CommandHandlers<K>>,
): Disposable {
  return joined(
    ids.map((id) => registerCommand(ports, id, async (from, selected) => (await load())[id](from, selected))),
  );
}

/** VS Code gives a row's command two arguments, and the row as undefined if it was just then being drawn anew. */
function rowGone(): JarvisError {
  return new JarvisError({
    code: 'ui.rowGone',
    message: t('This row was being drawn anew just then. Please choose again.'),
    remedies: [],
  });
}

function subjectOf(argument: unknown): unknown {
  return argument instanceof TreeElement ? argument.subject : argument;
}

/** Resolves when the command has ended; its error has been shown by then. */
export async function executeCommand<K extends CommandId>(id: K, ...args: Parameters<Commands[K]>): Promise<void> {
  await vscode.commands.executeCommand(id, ...args);
}
