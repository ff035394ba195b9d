import { type Lab, type LabOptions, startLab } from '../../lab/lab.ts';
import { labEnvironment } from '../../support/lab-environment.ts';
import type { LaunchOptions } from '../../support/vscode/launch.ts';
import { startWorkbench, type Workbench } from './workbench.ts';

export interface AtLabOptions extends Partial<LaunchOptions> {
  /** Which parts of the lab; all of them unless given. */
  parts?: NonNullable<LabOptions['parts']>;
}

/** A lab, and VS Code with Jarvis looking at it; settings are added to those that point at the lab. */
export async function startAtLab(options: AtLabOptions = {}): Promise<{ lab: Lab; workbench: Workbench }> {
  const { parts, settings, env, ...launch } = options;
  const log = (line: string) => process.stderr.write(`  ${line}\n`);
  const lab = await startLab({ log, ...(parts && { parts }) });
  try {
    const { description } = lab;
    const workbench = await startWorkbench({
      ...launch,
      settings: { ...description.settings, ...settings },
      env: { ...labEnvironment(description), ...env },
    });
    return { lab, workbench };
  } catch (error) {
    await lab.close();
    throw error;
  }
}
