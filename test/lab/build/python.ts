import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { run } from '../process/run.ts';

/**
 * Installs a package and what it needs into a folder, to be used through PYTHONPATH. Where Python has no pip of its own,
 * a short-lived virtual environment lends one.
 */
export async function installPythonPackage(name: string, version: string, folder: string): Promise<void> {
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', folder];
  const what = `${name}==${version}`;
  const hasPip = await run('python3', ['-m', 'pip', '--version']).then(
    () => true,
    () => false,
  );
  if (hasPip) {
    await run('python3', [...pip, what]);
    return;
  }
  const environment = join(folder, '.venv');
  await run('python3', ['-m', 'venv', environment]);
  await run(join(environment, 'bin', 'python3'), [...pip, what]);
  await rm(environment, { recursive: true, force: true });
}
