import { t } from '../../core/l10n.ts';

/** What the files say of the team. */
export interface Team {
  /** `ap-northeast-2` */
  readonly region: string;
  /** Twelve digits. */
  readonly account: string;
  /** The EKS cluster's name. */
  readonly cluster: string;
  readonly namespaces: readonly string[];
  /** `owner/name` on GitHub. */
  readonly repository: string;
  /** The environment on GitHub in which the workflows run. */
  readonly environment: string;
}

/** Checks one value as it is typed. @returns why it cannot be, or undefined */
export type Check = (text: string) => string | undefined;

/**
 * Narrower than the services themselves where what they allow besides has a meaning in a policy or a file's path.
 * Sources: EKS CreateCluster (name), Kubernetes DNS labels, AWS account ids, GitHub's rules for repository names.
 */
export const teamChecks = {
  region: matches(/^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/, () => t('A region looks like ap-northeast-2.')),
  account: matches(/^\d{12}$/, () => t('An account has twelve digits.')),
  cluster: matches(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, () =>
    t('The name of an EKS cluster has letters, digits, - and _, at most 100.'),
  ),
  namespaces: (text) => {
    const wrong = listed(text).find((name) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(name));
    if (wrong !== undefined) return t('{0} is not the name of a namespace.', JSON.stringify(wrong));
    return listed(text).length > 0 ? undefined : t('At least one namespace is needed.');
  },
  repository: matches(/^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+$/, () => t('A repository looks like owner/name.')),
  environment: matches(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/, () =>
    t('The name of an environment has letters, digits, ., - and _, at most 100.'),
  ),
} as const satisfies Readonly<Record<keyof Team, Check>>;

/** Names between commas or spaces, each once. */
export function listed(text: string): readonly string[] {
  return [...new Set(text.split(/[\s,]+/).filter((name) => name !== ''))];
}

function matches(pattern: RegExp, otherwise: () => string): Check {
  return (text) => (pattern.test(text) ? undefined : otherwise());
}
