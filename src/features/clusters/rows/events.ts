import { CancelledError, toJarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { ObjectEvent } from '../../../domain/kubernetes/reader.ts';
import { ago } from '../../../ui/time.ts';
import type { Tooltip } from '../../../ui/tree/model.ts';
import { objectRef, type ApiKindName } from '../../../domain/kubernetes/api-kinds.ts';
import type { KubeObject } from '../../../domain/kubernetes/model.ts';
import type { ClusterPorts } from '../ports.ts';
import { inTime } from './in-time.ts';

/** How many a hover shows. */
const most = 5;

/** The tooltip with what was last reported of the object. Where that cannot be read, it says why. */
export function withEvents(inside: ClusterPorts, kind: ApiKindName, object: KubeObject, make: () => Tooltip) {
  return async (signal: AbortSignal): Promise<Tooltip> => {
    const events = await eventsInWords(inside, kind, object, signal);
    const tooltip = make();
    return { ...tooltip, text: [...(tooltip.text ?? []), ...events] };
  };
}

async function eventsInWords(
  { cluster, ref, clock, now }: ClusterPorts,
  kind: ApiKindName,
  object: KubeObject,
  signal: AbortSignal,
): Promise<readonly string[]> {
  try {
    const events = await inTime(clock, signal, (both) => cluster.events(objectRef(ref, kind, object), both));
    return newest(events).map((event) => inWords(event, now()));
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    return [t('Its events cannot be read: {0}', toJarvisError(error).message)];
  }
}

function newest(events: readonly ObjectEvent[]): readonly ObjectEvent[] {
  return [...events].sort((a, b) => b.lastAt - a.lastAt).slice(0, most);
}

/** "2 m ago: FailedScheduling: 0/3 nodes are available (12 times)" */
function inWords({ reason, message, count, lastAt }: ObjectEvent, now: number): string {
  const text = `${ago(lastAt, now)}: ${reason}: ${message.trim()}`;
  return count > 1 ? t('{0} ({1} times)', text, count) : text;
}
