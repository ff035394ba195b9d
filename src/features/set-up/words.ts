import { t } from '../../core/l10n.ts';
import type { SetUpRemedy, SetUpRoute } from '../../domain/set-up/files.ts';
import type { Team } from '../../domain/set-up/team.ts';

const remedies: Readonly<Record<SetUpRemedy, () => string>> = {
  scaleHpa: () => t('Scale HPA'),
  restart: () => t('Restart Rollout'),
  rollback: () => t('Helm Rollback'),
  switchWaf: () => t('Switch Web ACL'),
};

/** What a route is called, and what the team gets for it. */
const routes: Readonly<Record<SetUpRoute, () => readonly [string, string]>> = {
  github: () => [
    t('GitHub Actions'),
    t('Workflows, Kubernetes Roles for them, and Terraform for AWS: roles, alarms, queue, chat'),
  ],
  lambda: () => [
    t('AWS Lambda'),
    t('Functions with their tests and Terraform, the workflows that they can start, and what GitHub Actions needs'),
  ],
  direct: () => [t('Kubernetes directly'), t('Kubernetes Roles for those who act, with rights of their own')],
};

const questions: Readonly<Record<keyof Team, () => string>> = {
  cluster: () => t('The name of the EKS cluster'),
  region: () => t('The region of the cluster and its alarms'),
  account: () => t('The AWS account of the cluster'),
  namespaces: () => t('The namespaces in which remedies may act, with commas between'),
  repository: () => t('The GitHub repository that the workflows will be in'),
  environment: () => t('The GitHub environment whose reviewers approve the runs; it is made there'),
};

export const remedyName = (remedy: SetUpRemedy): string => remedies[remedy]();
export const routeWords = (route: SetUpRoute): readonly [string, string] => routes[route]();
export const questionOf = (field: keyof Team): string => questions[field]();
