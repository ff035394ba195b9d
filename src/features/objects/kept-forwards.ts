import * as v from 'valibot';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { ForwardedPorts } from '../../domain/kubernetes/port-forward.ts';
import type { Memory } from '../../ui/memory.ts';

/** A port that is forwarded, in words enough to begin it again. */
export interface KeptForward {
  /** What was asked for: a service, not the pod that stood behind it. */
  readonly object: ObjectRef;
  readonly ports: ForwardedPorts;
}

const text = v.string();
const Kept = v.array(
  v.object({
    object: v.object({
      cluster: v.object({ context: text, server: text, cluster: text }),
      group: text,
      version: text,
      resource: text,
      kind: text,
      namespace: text,
      name: text,
      uid: text,
    }),
    ports: v.object({ local: v.number(), remote: v.number() }),
  }),
);

/** Those that ran when the window ended; none where what was kept is of another shape. */
export function readKept(memory: Memory): readonly KeptForward[] {
  const kept = v.safeParse(Kept, memory.get('jarvis.portForwards'));
  return kept.success ? kept.output : [];
}
