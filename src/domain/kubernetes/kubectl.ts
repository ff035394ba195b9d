import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ObjectRef } from './object-ref.ts';

/**
 * The arguments with which kubectl gets the object, pinned to its context and namespace. `type.group/name` is one word, so
 * that no name is taken for an option.
 */
export function kubectlGet({ cluster, group, resource, namespace, name }: ObjectRef): readonly string[] {
  const type = group ? `${resource}.${group}` : resource;
  return [`--context=${cluster.context}`, ...(namespace ? ['-n', namespace] : []), 'get', `${type}/${name}`];
}

/**
 * The arguments with which kubectl opens a shell in a container of the pod: the best that there is, none of it named by the
 * cluster. The first `sh` waits for the other, so that its exit code comes through.
 */
export function kubectlShell({ cluster, namespace, name }: ObjectRef, container: string): readonly string[] {
  const pinned = [`--context=${cluster.context}`, `--namespace=${namespace}`];
  const anyShell = 'case $(command -v bash) in "") sh ;; *) bash ;; esac';
  return [...pinned, 'exec', '--stdin', '--tty', `pod/${name}`, `--container=${container}`, '--', 'sh', '-c', anyShell];
}

/**
 * A command line for a POSIX shell (Shell Command Language, 2.2 Quoting): whatever the words hold, they stay words. What a
 * terminal obeys even when it is pasted inside quotes cannot be written. @throws JarvisError objects.unprintable
 */
export function shellCommand(words: readonly string[], variables: Readonly<Record<string, string>> = {}): string {
  const set = Object.entries(variables).map(([name, value]) => `${name}=${quote(value)}`);
  return [...set, ...words.map(quote)].join(' ');
}

function quote(word: string): string {
  if (/\p{Cc}/u.test(word))
    throw new JarvisError({
      code: 'objects.unprintable',
      message: t('A name holds control characters: no command with it is safe to paste.'),
    });
  return /^[\w@%+:,./=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
