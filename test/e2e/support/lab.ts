import { type Lab, startLab } from '../../lab/lab.ts';
import { startWorkbench, type Workbench } from './workbench.ts';

/** What VS Code's environment must say so that the AWS SDK finds the lab's profile and nothing else. */
export function awsEnvironment({ description: { aws } }: Lab): Record<string, string | undefined> {
  if (!aws) return {};
  return { AWS_CONFIG_FILE: aws.configFile, AWS_SHARED_CREDENTIALS_FILE: aws.credentialsFile, AWS_PROFILE: aws.profile };
}

/** A lab, and VS Code with Jarvis looking at it. */
export async function startAtLab(settings: Record<string, unknown> = {}): Promise<{ lab: Lab; workbench: Workbench }> {
  const lab = await startLab({ log: (line) => process.stderr.write(`  ${line}\n`) });
  try {
    const workbench = await startWorkbench({
      settings: { ...lab.description.settings, ...settings },
      env: { ...awsEnvironment(lab), KUBECONFIG: undefined },
    });
    return { lab, workbench };
  } catch (error) {
    await lab.close();
    throw error;
  }
}
