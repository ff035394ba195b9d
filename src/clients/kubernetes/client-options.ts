import type { Clock } from '../../core/clock.ts';
import type { Logger } from '../../core/log.ts';

export interface ClientOptions {
  /** Read anew each time: the setting, else KUBECONFIG, else ~/.kube/config. */
  readonly kubeconfigPaths: () => readonly string[];
  /** What exec plugins see: the login shell's PATH, AWS_PROFILE … */
  readonly env: NodeJS.ProcessEnv;
  readonly clock: Clock;
  readonly log: Logger;
}
