import { t } from '../../../core/l10n.ts';
import type { RouteRequest } from '../../../domain/remediation/route.ts';
import { nameOf } from '../../aws/function-arn.ts';
import type { LambdaRequest } from './payload.ts';

/** Which function of which account, by whose credentials, and word for word what it is given. */
export function preview({ arn, account, scope, mode, event }: LambdaRequest): RouteRequest['preview'] {
  return [
    { label: t('Function'), value: nameOf(arn) },
    { label: t('AWS account'), value: account },
    { label: t('Region'), value: scope.region },
    { label: t('AWS scope'), value: scope.profile === undefined ? scope.label : `${scope.label} (${scope.profile})` },
    { label: t('Answer'), value: mode === 'request' ? t('waited for') : t('not waited for: AWS queues it') },
    { label: t('Payload'), value: JSON.stringify(event, undefined, 2) },
  ];
}
