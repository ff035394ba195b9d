import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { AwsScope } from '../../domain/alarms/model.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where the AWS CLI keeps its files; the variables are AWS's own. */
export interface AwsFiles {
  readonly config: string;
  readonly credentials: string;
  /** Tokens of `aws sso login` and `aws login` land here. */
  readonly tokenFolders: readonly string[];
}

export function awsFiles(env: Environment): AwsFiles {
  const folder = join(env['HOME'] ?? env['USERPROFILE'] ?? homedir(), '.aws');
  return {
    config: env['AWS_CONFIG_FILE'] ?? join(folder, 'config'),
    credentials: env['AWS_SHARED_CREDENTIALS_FILE'] ?? join(folder, 'credentials'),
    tokenFolders: [join(folder, 'sso', 'cache'), join(folder, 'login', 'cache')],
  };
}

/** Any of these says that this machine is meant to talk to AWS. */
const awsVariables = [
  'AWS_PROFILE',
  'AWS_ACCESS_KEY_ID',
  'AWS_REGION',
  'AWS_DEFAULT_REGION',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * The scopes to read: those of the setting, each with a label of its own; without any, the environment's profile and
 * region; nothing at all where there is no trace of AWS.
 */
export function effectiveScopes(configured: readonly Partial<AwsScope>[], env: Environment): readonly AwsScope[] {
  if (configured.length > 0) return withUniqueLabels(configured);
  const { config, credentials } = awsFiles(env);
  const hasAws = awsVariables.some((name) => env[name]) || existsSync(config) || existsSync(credentials);
  return hasAws ? [{ label: env['AWS_PROFILE'] ?? 'default' }] : [];
}

function withUniqueLabels(configured: readonly Partial<AwsScope>[]): readonly AwsScope[] {
  const taken = new Map<string, number>();
  return configured.map((scope) => {
    const label = scope.label?.trim()
      ? scope.label
      : [scope.profile ?? 'default', scope.region].filter(Boolean).join(' ');
    const count = (taken.get(label) ?? 0) + 1;
    taken.set(label, count);
    return { ...withoutEmpty(scope), label: count > 1 ? `${label} (${count})` : label };
  });
}

/** A setting that was cleared in the editor is an empty string: it means "as the environment says". */
function withoutEmpty(scope: Partial<AwsScope>): Partial<AwsScope> {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== ''));
}
