import { unlessCancelled } from '../../../core/async.ts';
import { t } from '../../../core/l10n.ts';
import type { RouteProgress, RouteResult } from '../../../domain/remediation/route.ts';
import type { Work } from './performer.ts';

/** Tells what the work says until it is done. Without any, what was sent is done. */
export async function follow(
  work: Work | undefined,
  onProgress: (progress: RouteProgress) => void,
  signal: AbortSignal,
): Promise<RouteResult> {
  const result = work ? await untilDone(work, onProgress, signal) : accepted();
  const { summary: headline, logTail } = result;
  onProgress({ status: 'done', headline, jobs: [], ...(logTail && { logTail }) });
  return result;
}

function accepted(): RouteResult {
  return { outcome: 'success', summary: t('The API server has accepted the change.') };
}

async function untilDone(
  work: Work,
  onProgress: (progress: RouteProgress) => void,
  signal: AbortSignal,
): Promise<RouteResult> {
  const tell = () => onProgress({ status: 'running', headline: work.said.at(-1) ?? t('Begun'), jobs: [] });
  const listener = work.onDidSay(tell);
  tell();
  try {
    return await unlessCancelled(work.done, signal);
  } finally {
    listener.dispose();
  }
}
