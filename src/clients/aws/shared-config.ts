import { existsSync } from 'node:fs';
import { loadSharedConfigFiles } from '@smithy/core/config';
import { JarvisError, type Remedy } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { AwsScope } from '../../domain/alarms/model.ts';
import { partitionOf } from '../../domain/aws/partition.ts';
import { awsFiles, type Environment } from './scopes.ts';

/** The services that Jarvis calls, as AWS_ENDPOINT_URL_<SERVICE> and `[services]` sections name them. */
const services = ['cloudwatch', 'elastic_load_balancing_v2', 'lambda', 'sqs', 'sts', 'wafv2'] as const;
export type Service = (typeof services)[number];

/** A scope as the shared config files and the environment complete it. */
export interface ScopeConfig {
  /** Undefined: the environment's own credentials (variables, container, instance). */
  readonly profile: string | undefined;
  readonly region: string;
  readonly signIn: SignIn | undefined;
  /** The partition of the credentials, as far as the files tell. */
  readonly partition: string | undefined;
  readonly endpoints: Readonly<Partial<Record<Service, string | undefined>>>;
  readonly files: {
    readonly filepath: string;
    readonly configFilepath: string;
    /** Those that are there, the one that most often has keys first. */
    readonly existing: readonly string[];
  };
}

/** Where the profile's credentials come from a sign-in: what renews them. */
export interface SignIn {
  /** `aws login`; absent: `aws sso login`. */
  readonly verb?: 'login';
  /** The profile that signs in; for a role, the one that it is assumed from. */
  readonly profile: string;
}

type Section = Readonly<Record<string, string | undefined>>;
type Sections = Readonly<Record<string, Section | undefined>>;

/**
 * Reads the files anew, in the order of the AWS CLI: the scope, then the environment, then the profile.
 * Sources: AWS SDKs and Tools reference guide, "Shared config and credentials files", "Service-specific endpoints".
 * @throws JarvisError aws.profileMissing, aws.regionMissing
 */
export async function readScopeConfig(scope: AwsScope, env: Environment): Promise<ScopeConfig> {
  const { config, credentials } = awsFiles(env);
  const files = {
    filepath: credentials,
    configFilepath: config,
    existing: [credentials, config].filter((path) => existsSync(path)),
  };
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
  const profile = scope.profile ?? env['AWS_PROFILE'];
  const sections = merge(configFile, credentialsFile);
  const section = sections[profile ?? 'default'];
  if (profile && !section) throw profileMissing(profile, files);
  const region = scope.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? section?.['region'];
  if (!region) throw regionMissing(scope, profile, files);
  const endpoint = (service: Service) => scope.endpointUrl ?? configuredEndpoint(service, env, section, sections);
  const endpoints = Object.fromEntries(services.map((service) => [service, endpoint(service)]));
  const signIn = signInOf(profile ?? 'default', sections);
  return { profile, region, signIn, partition: credentialsPartition(section, sections), endpoints, files };
}

function merge(config: Sections, credentials: Sections): Sections {
  const names = new Set([...Object.keys(config), ...Object.keys(credentials)]);
  return Object.fromEntries([...names].map((name) => [name, { ...config[name], ...credentials[name] }]));
}

function configuredEndpoint(service: Service, env: Environment, section: Section | undefined, sections: Sections) {
  const ignored = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] ?? section?.['ignore_configured_endpoint_urls'];
  if (ignored?.toLowerCase() === 'true') return undefined;
  const ofEnvironment = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env['AWS_ENDPOINT_URL'];
  const services = sections[`services.${section?.['services'] ?? ''}`];
  return ofEnvironment ?? services?.[`${service}.endpoint_url`] ?? section?.['endpoint_url'];
}

/** Follows `source_profile`, since a role assumed from a signed-in profile ends with its sign-in. */
function signInOf(profile: string, sections: Sections, depth = 0): SignIn | undefined {
  const section = sections[profile];
  if (!section || depth > 5) return undefined;
  if (section['sso_session'] || section['sso_start_url']) return { profile };
  if (section['login_session']) return { verb: 'login', profile };
  const source = section['source_profile'];
  return source === undefined || source === profile ? undefined : signInOf(source, sections, depth + 1);
}

/** By what the profile names beside the region that is asked: the role it assumes, where it signs in, its own region. */
function credentialsPartition(section: Section | undefined, sections: Sections): string | undefined {
  const ofRole = /^arn:(aws[a-z-]*):/.exec(section?.['role_arn'] ?? '')?.[1];
  if (ofRole) return ofRole;
  const session = sections[`sso-session.${section?.['sso_session'] ?? ''}`];
  const region = section?.['sso_region'] ?? session?.['sso_region'] ?? section?.['region'];
  return region === undefined ? undefined : partitionOf(region);
}

function profileMissing(profile: string, { existing }: ScopeConfig['files']): JarvisError {
  return new JarvisError({
    code: 'aws.profileMissing',
    message: t('The AWS profile {0} is not in the shared config files.', profile),
    remedies: [...openFiles(existing), { kind: 'openSetting', setting: 'jarvis.aws.scopes' }, { kind: 'retry' }],
  });
}

function regionMissing(scope: AwsScope, profile: string | undefined, { existing }: ScopeConfig['files']): JarvisError {
  return new JarvisError({
    code: 'aws.regionMissing',
    message: t(
      'No AWS region is set for {0}: neither in jarvis.aws.scopes, nor as AWS_REGION, nor in the profile.',
      profile ?? scope.label,
    ),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }, ...openFiles(existing), { kind: 'retry' }],
  });
}

/** The config file, where regions and sign-ins are; without one, the file of the keys. */
function openFiles(existing: readonly string[]): readonly Remedy[] {
  return existing.slice(-1).map((path): Remedy => ({ kind: 'openFile', path }));
}
