import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { AwsSession } from '../../aws/session.ts';
import type { LambdaRequest } from './payload.ts';

/** The account that the credentials lead to, asked of STS. */
export async function accountOf(session: AwsSession, signal: AbortSignal): Promise<string> {
  const account = await session.account(signal);
  if (account !== undefined) return account;
  throw new JarvisError({ code: 'aws.failed', message: t('AWS does not say whose credentials these are.') });
}

/** Asked right before the write: a profile may have been rewritten since the plan. @throws JarvisError `lambda.accountChanged` */
export async function assertAccount(session: AwsSession, request: LambdaRequest, signal: AbortSignal): Promise<void> {
  const { scope, account } = request;
  const now = await accountOf(session, signal);
  if (now === account) return;
  const message = t(
    'The credentials of {0} lead to account {1} now, and the plan was made for {2}. Nothing was sent; make the plan anew.',
    scope.label,
    now,
    account,
  );
  throw new JarvisError({
    code: 'lambda.accountChanged',
    message,
    remedies: [{ kind: 'openSetting', setting: 'jarvis.aws.scopes' }],
  });
}
