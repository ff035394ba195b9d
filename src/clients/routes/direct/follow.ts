import { unlessCancelled } from '../../../core/async.ts';
import { t } from '../../../core/l10n.ts';
import type { RouteProgress, RouteResult } from '../../../domain/remediation/route.ts';
import type { Work } from '../../work.ts';

/** Tells what the work says until it is done. Without any in this window, `without` says how it stands. */
export async function follow(
  work: Work<RouteResult> | undefined,
  without: string,
  onProgress: (progress: RouteProgress) => void,
  signal: AbortSignal,
): Promise<RouteResult> {
  const result: RouteResult = work
    ? await untilDone(work, onProgress, signal)
    : { outcome: 'success', summary: without };
  const { summary: headline, logTail } = result;
  onProgress({ status: 'done', headline, jobs: [], ...(logTail && { logTail }) });
  return result;
}

async function untilDone(
  work: Work<RouteResult>,
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
