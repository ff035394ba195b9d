import type { LabDescription } from '../lab/description.ts';

/** What an extension host, or a shell, has in its environment to stand in the lab. */
export function labEnvironment({ kubeconfig, aws }: LabDescription): Record<string, string> {
  return {
    KUBECONFIG: kubeconfig,
    ...(aws && {
      AWS_CONFIG_FILE: aws.configFile,
      AWS_SHARED_CREDENTIALS_FILE: aws.credentialsFile,
      AWS_PROFILE: aws.profile,
      AWS_REGION: aws.region,
    }),
  };
}
