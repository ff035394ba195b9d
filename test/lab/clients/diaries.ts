import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKinds } from '../../../src/domain/kubernetes/api-kinds.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import { namespaceObject } from '../cluster/objects.ts';
import { criLine } from '../kubelet/cri-line.ts';
import type { Lab } from '../lab.ts';
import { until } from '../process/until.ts';

const namespace = 'diaries';

/** A namespace with one Deployment, `web`, whose pods say what a test lets them say. */
export class Diaries {
  static readonly namespace = namespace;
  readonly #lab: Lab;
  readonly #folder: string;

  private constructor(lab: Lab, folder: string) {
    this.#lab = lab;
    this.#folder = folder;
  }

  static async open(lab: Lab, replicas: number): Promise<Diaries> {
    const diaries = new Diaries(lab, await mkdtemp(join(tmpdir(), 'jarvis-diaries-')));
    await lab.cluster.client.create(namespaceObject(namespace));
    await lab.kubectl('-n', namespace, 'create', 'deployment', 'web', '--image=web:1', `--replicas=${replicas}`);
    await diaries.pods(replicas);
    return diaries;
  }

  /** As the client names an object of this namespace. */
  object(kind: 'deployments' | 'cronjobs' | 'pods', name: string, cluster: ObjectRef['cluster']): ObjectRef {
    return { cluster, ...apiKinds[kind], namespace, name, uid: '' };
  }

  /** The names of the running pods of `web`, once there are so many. */
  pods(count: number, besides: readonly string[] = []): Promise<readonly string[]> {
    const ask = ['-n', namespace, 'get', 'pods', '-l', 'app=web', '--field-selector', 'status.phase=Running'];
    return until(`${count} pods run`, async () => {
      const names = (await this.#lab.kubectl(...ask, '-o', 'jsonpath={.items[*].metadata.name}')).split(' ');
      const fresh = names.filter((name) => name !== '' && !besides.includes(name)).sort();
      return fresh.length >= count && fresh;
    });
  }

  /** Gives the pod a log of its own, with that in it, said an hour ago, a line every 10 ms. */
  async begin(pod: string, texts: readonly string[], previous: readonly string[] = []): Promise<void> {
    const file = this.#file(pod);
    const then = Date.now() - 3_600_000;
    await writeFile(file, linesOf(texts, then, 10));
    await writeFile(`${file}.previous`, linesOf(previous, then));
    await this.#lab.cluster.client.create({
      apiVersion: 'kwok.x-k8s.io/v1alpha1',
      kind: 'Logs',
      metadata: { name: pod, namespace },
      spec: { logs: [{ logsFile: file, ...(previous.length > 0 && { previousLogsFile: `${file}.previous` }) }] },
    });
    // kwok hears of it a little later
    await until(`the log of ${pod} is its own`, async () => {
      const text = await this.#lab.kubectl('-n', namespace, 'logs', pod, '--tail=-1');
      return text.includes(texts[0] ?? '');
    });
  }

  async say(pod: string, ...texts: readonly string[]): Promise<void> {
    await appendFile(this.#file(pod), linesOf(texts, Date.now()));
  }

  async close(): Promise<void> {
    await rm(this.#folder, { recursive: true });
  }

  #file(pod: string): string {
    return join(this.#folder, `${pod}.log`);
  }
}

function linesOf(texts: readonly string[], from: number, apart = 0): string {
  return texts.map((text, n) => criLine(text, new Date(from + n * apart))).join('');
}
