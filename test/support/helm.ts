import { HelmCli } from '../../src/clients/helm/helm-cli.ts';

/** Helm as the write path gets it: the program at that path, or one that is not there. */
export function aHelm(path = '/nowhere/helm', env: NodeJS.ProcessEnv = process.env, patienceMs?: number): HelmCli {
  return new HelmCli({ command: () => path, env }, patienceMs);
}
