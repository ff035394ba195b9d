import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { credentials } from '../../lab/aws/profile.ts';
import { type Lab, type LabOptions, startLab } from '../../lab/lab.ts';
import type { LaunchOptions } from '../../support/vscode/launch.ts';
import { startWorkbench, type Workbench } from './workbench.ts';

/** What VS Code's environment must say so that the AWS SDK finds the lab's profile and nothing else. */
function awsEnvironment({ description: { aws } }: Lab): Record<string, string | undefined> {
  if (!aws) return {};
  return {
    AWS_CONFIG_FILE: aws.configFile,
    AWS_SHARED_CREDENTIALS_FILE: aws.credentialsFile,
    AWS_PROFILE: aws.profile,
  };
}

/** A lab as somebody started it, for tests that tell of its start in the log of the test run. */
export function startTestLab(parts?: LabOptions['parts']): Promise<Lab> {
  return startLab({ log: (line) => process.stderr.write(`  ${line}\n`), ...(parts && { parts }) });
}

/** What differs from a lab with everything, and from a VS Code that looks at it. */
export interface AtLab extends Pick<LabOptions, 'parts'>, Partial<LaunchOptions> {
  /** Prepares the running lab, before VS Code looks. @returns settings beside the lab's own */
  readonly furnish?: (lab: Lab) => Promise<Record<string, unknown>>;
}

/** A lab, and VS Code with Jarvis looking at it. */
export async function startAtLab(options: AtLab = {}): Promise<{ lab: Lab; workbench: Workbench }> {
  const { parts, settings, furnish, env, ...launch } = options;
  const lab = await startTestLab(parts);
  try {
    const furnished = await furnish?.(lab);
    const workbench = await startWorkbench({
      ...launch,
      settings: { ...lab.description.settings, ...settings, ...furnished },
      env: { ...awsEnvironment(lab), KUBECONFIG: undefined, ...env },
    });
    return { lab, workbench };
  } catch (error) {
    await lab.close();
    throw error;
  }
}

/** CloudWatch as the team's own tools see it. */
export function labCloudWatch({ description: { aws } }: Lab): CloudWatchClient {
  if (!aws) throw new Error('the lab has no AWS');
  return new CloudWatchClient({ endpoint: aws.endpoints.cloudwatch, region: aws.region, credentials });
}
