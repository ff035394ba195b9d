import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { ApiError, type KubeClient, type Manifest } from '../cluster/client.ts';
import { type Loop, startLoop } from '../process/loop.ts';
import { criLine } from './cri-line.ts';

const pods = '/api/v1/namespaces/sock-shop/pods?labelSelector=name%3Dfront-end';

const Pod = v.object({
  metadata: v.object({ name: v.string(), namespace: v.string(), uid: v.string() }),
  status: v.object({ phase: v.optional(v.string(), '') }),
});
type Pod = v.InferOutput<typeof Pod>;

/** Lets each running pod of front-end say something every second, in a log of its own with one of a life before. */
export function startPodLogs(client: KubeClient, folder: string, onError: (error: unknown) => void): Loop {
  const known = new Set<string>();
  let turn = 0;
  return startLoop(
    1000,
    async () => {
      turn += 1;
      const all = await client.list(pods, Pod);
      const running = all.filter(({ status }) => status.phase === 'Running');
      const open = async (pod: Pod) => {
        if (!known.has(pod.metadata.uid)) await openLog(client, folder, pod);
        known.add(pod.metadata.uid);
        await appendFile(fileOf(folder, pod), criLine(sentence(turn), new Date(), streamOf(turn)));
      };
      await Promise.all(running.map(open));
    },
    onError,
  );
}

async function openLog(client: KubeClient, folder: string, pod: Pod): Promise<void> {
  const file = fileOf(folder, pod);
  await mkdir(folder, { recursive: true });
  const earlier = new Date(Date.now() - 60_000);
  await writeFile(`${file}.previous`, criLine('front-end listens on 8079', earlier) + criLine(lastWords, earlier));
  await writeFile(file, criLine('front-end listens on 8079'));
  await client.create(logsOf(pod, file)).catch(tolerateGone);
}

const fileOf = (folder: string, { metadata }: Pod) => join(folder, `${metadata.name}.log`);

/** kwok takes the rule that is called as the pod; it goes with the pod. */
function logsOf({ metadata: { name, namespace, uid } }: Pod, file: string): Manifest {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Logs',
    metadata: { name, namespace, ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name, uid }] },
    spec: { logs: [{ logsFile: file, previousLogsFile: `${file}.previous` }] },
  };
}

function tolerateGone(error: unknown): void {
  if (!(error instanceof ApiError && (error.status === 404 || error.status === 409))) throw error;
}

const lastWords = 'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory';
const streamOf = (turn: number) => (turn % 11 === 0 ? 'stderr' : 'stdout');

/** As services really log: mostly JSON, logfmt from a library, now and then a plain complaint. */
function sentence(turn: number): string {
  if (turn % 11 === 0) return 'Error: connect ECONNREFUSED session-db:6379';
  if (turn % 7 === 0) return `level=warn msg="slow answer of catalogue" ms=${900 + (turn % 100)}`;
  return JSON.stringify({ level: 'info', msg: 'GET /catalogue', status: 200, ms: 4 + (turn % 23), request: turn });
}
