import type { Health } from '../../../domain/kubernetes/health.ts';
import type { Icon } from '../../../ui/tree/model.ts';

/** Each health has a shape of its own; the colour only repeats it. */
export const healthIcons: Readonly<Record<Health, Icon>> = {
  good: { id: 'pass', color: 'testing.iconPassed' },
  busy: { id: 'sync' },
  idle: { id: 'circle-outline' },
  warning: { id: 'warning', color: 'problemsWarningIcon.foreground' },
  bad: { id: 'error', color: 'problemsErrorIcon.foreground' },
};
