import { JarvisError, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Route, RouteHandle, RouteRequest } from './route.ts';

/**
 * The answer to a send was lost, or the window was: looks for the work by the plan's id.
 * @throws JarvisError `cause` when it was not sent, remediation.mayBeSent when not even that can be learned
 */
export async function recover(
  route: Route,
  request: RouteRequest,
  cause: JarvisError,
  signal: AbortSignal,
): Promise<RouteHandle> {
  const handle = await route.recover(request, signal).catch((error: unknown) => {
    throw signal.aborted ? error : mayBeSent(error);
  });
  if (handle) return handle;
  throw cause;
}

/** Why a plan that an earlier window confirmed was never carried out. */
export function interrupted(): JarvisError {
  return new JarvisError({
    code: 'remediation.interrupted',
    message: t('VS Code was closed before the change was sent. Nothing was written.'),
  });
}

function mayBeSent(error: unknown): JarvisError {
  return new JarvisError({
    code: 'remediation.mayBeSent',
    message: t('It is not known whether the change was sent: {0}', toJarvisError(error).message),
    cause: error,
  });
}
