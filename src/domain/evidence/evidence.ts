import { JarvisError } from '../../core/errors.ts';
import { lastingContainers } from '../kubernetes/containers.ts';
import { hasEnded } from '../kubernetes/health.ts';
import type { Pod } from '../kubernetes/model.ts';
import { type MovedImage, movedImages } from './images.ts';
import type { Known } from './known.ts';
import { isSame, type Source, sourcesOf } from './sources.ts';

/** So many of the pods that read it started before it was last written. */
interface Older {
  readonly kind: 'older';
  readonly source: Source;
  readonly changedAt: number;
  readonly pods: number;
  readonly of: number;
}
type Moved = { readonly kind: 'moved' } & MovedImage;

/** What speaks for a restart of a workload's pods, or against it, and what of that is not known. Times: ms since the epoch. */
export type Evidence =
  | Older
  | Moved
  /** It is not there: pods that need it would not start again. */
  | { readonly kind: 'missing'; readonly source: Source }
  | { readonly kind: 'unknown'; readonly source: Source; readonly why: string };

/** All that is to be said of these pods, which are those of one workload. */
export function evidenceOf(pods: readonly Pod[], known: Known): readonly Evidence[] {
  const living = pods.filter((pod) => !hasEnded(pod));
  const moved = movedImages(living).map((one): Moved => ({ kind: 'moved', ...one }));
  return [...allSources(living).flatMap((source) => ofSource(source, living, known)), ...moved];
}

/** Would a restart make it go? */
export function isReason(evidence: Evidence): evidence is Older | Moved {
  return evidence.kind === 'older' || evidence.kind === 'moved';
}

/** Was it written after the pod's oldest container started? */
export function isOlder(pod: Pod, { changedAt }: { readonly changedAt: number }): boolean {
  const startedAt = oldestStart(pod);
  return startedAt !== undefined && changedAt > startedAt;
}

/** A container that was restarted has been made anew, with new values; undefined before it runs. */
function oldestStart(pod: Pod): number | undefined {
  const { startedAt } = pod;
  const running = lastingContainers(pod).filter(({ state }) => state.kind === 'running');
  if (startedAt === undefined || running.length === 0) return undefined;
  return Math.min(...running.map(({ lastRestartAt }) => Math.max(startedAt, lastRestartAt ?? 0)));
}

/** Each once; where one pod needs what others may do without, it is needed. */
function allSources(pods: readonly Pod[]): readonly Source[] {
  const sources = new Map<string, Source>();
  for (const source of pods.flatMap(sourcesOf)) {
    const key = `${source.kind}/${source.name}`;
    if (!sources.has(key) || source.optional !== true) sources.set(key, source);
  }
  return [...sources.values()];
}

function ofSource(source: Source, pods: readonly Pod[], known: Known): readonly Evidence[] {
  const written = known(source);
  if (written === 'absent') return [{ kind: 'missing', source }];
  if (written instanceof JarvisError) return [{ kind: 'unknown', source, why: written.message }];
  const users = pods.filter((pod) => sourcesOf(pod).some((one) => isSame(one, source)));
  const older = users.filter((pod) => isOlder(pod, written)).length;
  const { changedAt } = written;
  return older === 0 ? [] : [{ kind: 'older', source, changedAt, pods: older, of: users.length }];
}
