import { loadSharedConfigFiles } from '@smithy/core/config';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { AwsScope } from '../../domain/alarms/model.ts';
import { awsFiles, type Environment } from './scopes.ts';

/** The services that Jarvis reads, as AWS_ENDPOINT_URL_<SERVICE> and `[services]` sections name them. */
export type Service = 'cloudwatch' | 'sqs' | 'sts';

/** A scope as the shared config files and the environment complete it. */
export interface ScopeConfig {
  /** Undefined: the environment's own credentials (variables, container, instance). */
  readonly profile: string | undefined;
  readonly region: string;
  /** The profile's credentials come from a sign-in (IAM Identity Center, `aws login`), so a new sign-in renews them. */
  readonly signsIn: boolean;
  readonly endpoints: Readonly<Record<Service, string | undefined>>;
  readonly files: { readonly filepath: string; readonly configFilepath: string };
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
  const files = { filepath: credentials, configFilepath: config };
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ...files, ignoreCache: true });
  const profile = scope.profile ?? env['AWS_PROFILE'];
  const sections = merge(configFile, credentialsFile);
  const section = sections[profile ?? 'default'];
  if (profile && !section) throw profileMissing(profile, config);
  const region = scope.region ?? env['AWS_REGION'] ?? env['AWS_DEFAULT_REGION'] ?? section?.['region'];
  if (!region) throw regionMissing(scope, profile);
  const endpoint = (service: Service) => scope.endpointUrl ?? configuredEndpoint(service, env, section, sections);
  const endpoints = { cloudwatch: endpoint('cloudwatch'), sqs: endpoint('sqs'), sts: endpoint('sts') };
  return { profile, region, signsIn: signsIn(section, sections), endpoints, files };
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
function signsIn(section: Section | undefined, sections: Sections, depth = 0): boolean {
  if (!section || depth > 5) return false;
  if (section['sso_session'] || section['sso_start_url'] || section['login_session']) return true;
  const source = section['source_profile'];
  return source !== undefined && signsIn(sections[source], sections, depth + 1);
}

function profileMissing(profile: string, path: string): JarvisError {
  return new JarvisError({
    code: 'aws.profileMissing',
    message: t('The AWS profile {0} is not in the shared config files.', profile),
    remedies: [
      { kind: 'openFile', path },
      { kind: 'openSetting', setting: 'jarvis.aws.scopes' },
    ],
  });
}

function regionMissing(scope: AwsScope, profile: string | undefined): JarvisError {
  return new JarvisError({
    code: 'aws.regionMissing',
    message: t('No AWS region is set for {0}.', profile ?? scope.label),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }],
  });
}
