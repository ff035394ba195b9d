import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { apiKinds } from '../../../src/domain/kubernetes/api-kinds.ts';
import type { ClusterRef } from '../../../src/domain/kubernetes/model.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import type { Manifest } from '../cluster/client.ts';
import { namespaceObject } from '../cluster/objects.ts';
import type { Lab } from '../lab.ts';
import { until } from '../process/until.ts';

/** A namespace of pods whose ports lead to a server of the test. */
export class Harbour {
  static readonly namespace = 'harbour';
  /** Of a download, enough to fill every buffer between the pod and a reader several times over. */
  static readonly cargoBytes = 64 * 2 ** 20;
  /** Bytes of downloads that were handed to a connection. */
  sent = 0;
  readonly #lab: Lab;
  readonly #server = createServer((request, response) => void this.#answer(request, response));

  private constructor(lab: Lab) {
    this.#lab = lab;
  }

  static async open(lab: Lab): Promise<Harbour> {
    const harbour = new Harbour(lab);
    harbour.#server.listen(0, '127.0.0.1');
    await once(harbour.#server, 'listening');
    await lab.cluster.client.create(namespaceObject(Harbour.namespace));
    return harbour;
  }

  /** Connections that pods' ports have now. */
  get connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.#server.getConnections((error, count) => (error ? reject(error) : resolve(count))),
    );
  }

  /** A running pod. @param port what all its ports lead to, the harbour's own server unless said otherwise */
  async pod(
    cluster: ClusterRef,
    name: string,
    port = (this.#server.address() as AddressInfo).port,
  ): Promise<ObjectRef> {
    const { client } = this.#lab.cluster;
    for (const object of [forwardRule(name, port), shellRule(name), podManifest(name)]) await client.create(object);
    const ask = ['-n', Harbour.namespace, 'get', 'pod', name, '-o', 'jsonpath={.status.phase} {.metadata.uid}'];
    const uid = await until(`${name} runs`, async () => {
      const [phase, known] = (await this.#lab.kubectl(...ask)).split(' ');
      return phase === 'Running' && known;
    });
    return { cluster, ...apiKinds.pods, namespace: Harbour.namespace, name, uid };
  }

  close(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.url === '/cargo') {
      Readable.from(this.#cargo()).pipe(response);
      return;
    }
    let bytes = 0;
    for await (const chunk of request as AsyncIterable<Buffer>) bytes += chunk.length;
    response.end(`${request.url ?? ''} ${bytes}`);
  }

  *#cargo(): Generator<Buffer> {
    for (const chunk of cargo()) {
      this.sent += chunk.length;
      yield chunk;
    }
  }
}

export function* cargo(): Generator<Buffer> {
  const chunk = Buffer.alloc(64 * 2 ** 10, 'x');
  for (let bytes = 0; bytes < Harbour.cargoBytes; bytes += chunk.length) yield chunk;
}

/** kwok takes the rule that is called as the pod. */
function forwardRule(name: string, port: number): Manifest {
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'PortForward',
    metadata: { name, namespace: Harbour.namespace },
    spec: { forwards: [{ target: { address: '127.0.0.1', port } }] },
  };
}

/** Its shells know where they are: kwok runs them on this machine. */
function shellRule(name: string): Manifest {
  const execs = containers.map((container) => ({
    containers: [container],
    local: { envs: [{ name: 'CONTAINER', value: `${name}/${container}` }] },
  }));
  return {
    apiVersion: 'kwok.x-k8s.io/v1alpha1',
    kind: 'Exec',
    metadata: { name, namespace: Harbour.namespace },
    spec: { execs },
  };
}

const containers = ['web', 'proxy'];

function podManifest(name: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: Harbour.namespace, labels: { app: name } },
    spec: {
      containers: containers.map((container, index) => ({
        name: container,
        image: `${container}:1`,
        ports: [{ name: container, containerPort: 8079 + index }],
      })),
    },
  };
}
