import { CancelledError, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import { evidenceOf } from '../../../domain/evidence/evidence.ts';
import { evidenceInWords } from '../../../domain/evidence/in-words.ts';
import { readKnown } from '../../../domain/evidence/known.ts';
import type { Pod } from '../../../domain/kubernetes/model.ts';
import { ago } from '../../../ui/time.ts';
import type { Tooltip } from '../../../ui/tree/model.ts';
import type { ClusterPorts } from '../ports.ts';
import { inTime } from './in-time.ts';

type TooltipOf = (signal: AbortSignal) => Promise<Tooltip>;

/** The tooltip with what speaks for a restart of these pods, which are those of one workload, and what of it is unknown. */
export function withEvidence(inside: ClusterPorts, pods: () => readonly Pod[], tooltip: TooltipOf): TooltipOf {
  return async (signal) => {
    const [shown, evidence] = await Promise.all([tooltip(signal), inWords(inside, pods(), signal)]);
    return { ...shown, text: [...(shown.text ?? []), ...evidence] };
  };
}

async function inWords(inside: ClusterPorts, pods: readonly Pod[], signal: AbortSignal): Promise<readonly string[]> {
  const [first] = pods;
  if (!first) return [];
  const { namespace } = first;
  try {
    const known = await inTime(inside.clock, signal, (both) => readKnown(inside, { namespace, pods }, both));
    return evidenceOf(pods, known).map((one) => evidenceInWords(one, (at) => ago(at, inside.now())));
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    return [t('Whether its pods are older than what they read is unknown: {0}', toJarvisError(error).message)];
  }
}
