import type { LabDescription } from './description.ts';
import { teamFunctions, teamWorkflows } from './team.ts';

/** The settings with which Jarvis looks at the lab. AWS's own files are found through the environment. */
export function labSettings({ kubeconfig, aws, github }: Omit<LabDescription, 'settings' | 'control'>) {
  return {
    'jarvis.kubernetes.kubeconfig': kubeconfig,
    ...(aws && {
      'jarvis.aws.scopes': [{ label: 'Lab', profile: aws.profile, region: aws.region, queueUrl: aws.queueUrl }],
      'jarvis.alarms.pollSeconds': 10,
      'jarvis.remediation.functions': teamFunctions,
    }),
    ...(github && {
      'jarvis.github.apiUrl': github.apiUrl,
      'jarvis.github.repository': github.repository,
      'jarvis.github.ref': 'main',
      'jarvis.remediation.route': 'github',
      'jarvis.remediation.workflows': teamWorkflows,
    }),
  };
}
