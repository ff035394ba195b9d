import { t } from '../../../core/l10n.ts';
import type { Container, ContainerExit, Pod } from '../../kubernetes/model.ts';

/** "exit code 137, OOMKilled"; the reason "Error" adds nothing to the code. */
export function exitInWords(exit: ContainerExit | undefined): string {
  if (!exit) return t('how it ended was not told');
  const how = exit.signal > 0 ? t('signal {0}', exit.signal) : t('exit code {0}', exit.code);
  return exit.reason === '' || exit.reason === 'Error' ? how : `${how}, ${exit.reason}`;
}

/**
 * What the code says by convention; undefined for the program's own codes.
 * Sources: POSIX, "Exit Status for Commands" (126, 127, 128 + signal); Kubernetes, "Assign Memory Resources" (OOMKilled).
 */
export function exitMeaning(exit: ContainerExit | undefined): string | undefined {
  if (!exit) return undefined;
  if (exit.reason === 'OOMKilled') return outOfMemory();
  switch (exit.signal || exit.code - 128) {
    case -128:
      return t('It ended without an error, but it is meant to go on: look at its command.');
    case -2:
      return t('Its command cannot be executed.');
    case -1:
      return t('Its command was not found.');
    case 6:
      return t('It aborted itself (SIGABRT).');
    case 9:
      return t('It was killed (SIGKILL): by a failing liveness probe, or for want of memory on the node.');
    case 11:
      return t('It accessed memory that is not its own (SIGSEGV).');
    case 15:
      return t('It was asked to stop (SIGTERM): often by a failing liveness probe.');
    default:
      return undefined;
  }
}

export function outOfMemory(): string {
  return t('It used more memory than its limit allows, and the kernel killed it. Raise the limit, or find what grows.');
}

/** The name stands before what is said about a container where there are others beside it. */
export function ofContainer({ containers }: Pod, { name }: Container, words: string): string {
  return containers.length > 1 ? `${name}: ${words}` : words;
}
