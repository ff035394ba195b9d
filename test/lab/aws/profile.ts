import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AwsDescription } from '../description.ts';
import { region } from './ministack.ts';

const profile = 'jarvis-lab';
export const credentials = { accessKeyId: 'AKIAJARVISLABEXAMPLE', secretAccessKey: 'jarvis-lab-secret-key' };

/** How the shared config file calls the services (the SDK reference's service-specific endpoints). */
const configNames: Record<keyof AwsDescription['endpoints'], string> = {
  cloudwatch: 'cloudwatch',
  sns: 'sns',
  sqs: 'sqs',
  eventbridge: 'eventbridge',
  lambda: 'lambda',
  wafv2: 'wafv2',
  sts: 'sts',
  iam: 'iam',
  elbv2: 'elastic_load_balancing_v2',
};

/** Writes AWS's two shared files, with one profile whose services are the lab's. */
export async function writeProfile(
  folder: string,
  endpoints: AwsDescription['endpoints'],
  queueUrl: string,
): Promise<AwsDescription> {
  const configFile = join(folder, 'aws-config');
  const credentialsFile = join(folder, 'aws-credentials');
  const services = Object.entries(configNames).map(
    ([service, name]) => `${name} =\n  endpoint_url = ${endpoints[service as keyof typeof endpoints]}`,
  );
  await writeFile(
    configFile,
    [`[profile ${profile}]`, `region = ${region}`, 'services = lab', '', '[services lab]', ...services, ''].join('\n'),
  );
  const { accessKeyId, secretAccessKey } = credentials;
  await writeFile(
    credentialsFile,
    `[${profile}]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`,
    { mode: 0o600 },
  );
  return { configFile, credentialsFile, profile, region, endpoints, queueUrl };
}
