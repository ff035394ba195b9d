import { JarvisError } from '../../core/errors.ts';

/** Credentials or configuration: a new session may be all that it takes. */
export function needsNewSession(error: unknown): boolean {
  return error instanceof JarvisError && sessionCodes.has(error.code);
}
const sessionCodes = new Set<string>([
  'aws.credentialsExpired',
  'aws.credentialsMissing',
  'aws.wrongPartition',
  'aws.profileMissing',
  'aws.regionMissing',
]);
