import { t } from '../../core/l10n.ts';
import type { SetUpPart, SetUpRemedy } from '../../domain/set-up/files.ts';

const remedies: Readonly<Record<SetUpRemedy, () => string>> = {
  scaleHpa: () => t('Scale HPA'),
  restart: () => t('Restart Rollout'),
  rollback: () => t('Helm Rollback'),
  switchWaf: () => t('Switch Web ACL'),
};

const parts: Readonly<Record<SetUpPart, () => string>> = {
  workflows: () => t('Workflows for GitHub Actions'),
  kubernetes: () => t('Kubernetes Roles'),
  terraform: () => t('Terraform for AWS: roles, alarms, queue, chat'),
};

export const remedyName = (remedy: SetUpRemedy): string => remedies[remedy]();
export const partName = (part: SetUpPart): string => parts[part]();
