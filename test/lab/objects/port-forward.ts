import assert from 'node:assert/strict';
import { once } from 'node:events';
import { type IncomingMessage, get, request } from 'node:http';
import { type Socket, connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { JarvisError } from '../../../src/core/errors.ts';
import { apiKinds } from '../../../src/domain/kubernetes/api-kinds.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import type { PortForward } from '../../../src/domain/kubernetes/port-forward.ts';
import { targetOf } from '../../../src/features/objects/target-pod.ts';
import { eventually } from '../../support/eventually.ts';
import type { Manifest } from '../cluster/client.ts';
import { freePorts } from '../process/ports.ts';
import { until } from '../process/until.ts';
import type { Looking, World } from '../weather/world.ts';
import { Harbour, cargo } from './harbour.ts';

const { signal } = new AbortController();
const patience = 30_000;
/** What this process may hold of a download that nobody reads. */
const mostHeld = 24 * 2 ** 20;

/** Ports of this machine that lead to pods, through the real API server and kwok. */
export function portForwarding(world: () => World, harbour: () => Harbour): void {
  let looking: Looking;
  let pod: ObjectRef;
  const opened: PortForward[] = [];

  before(async () => {
    const { ref } = await direct();
    pod = await harbour().pod(ref, 'web');
  });
  beforeEach(async () => {
    looking = await direct();
  });
  afterEach(() => {
    for (const forward of opened.splice(0)) forward.dispose();
  });

  const direct = () => world().open({ server: world().lab.cluster.server });
  const forward = async (to = pod, local = 0) => {
    const made = await looking.cluster.forward(to, { local, remote: 80 }, signal);
    opened.push(made);
    return made;
  };

  const harbourIs = (connections: number) =>
    until(`the pod has ${connections} connections`, async () => (await harbour().connections) === connections);

  it('an HTTP answer comes through, and several at once', async () => {
    const { localPort } = await forward();
    const answers = ['/one', '/two', '/three'].map(async (path) => text(await answerOf(localPort, path)));
    assert.deepEqual(await Promise.all(answers), ['/one 0', '/two 0', '/three 0']);
  });

  it('leads through a service to a pod that is ready, and to the port that the service means', async () => {
    const service = serviceOf(pod);
    await world().create(service);
    const object: ObjectRef = { ...pod, ...apiKinds.services, name: service.metadata.name };
    const target = await targetOf(looking.cluster, object, signal);
    assert.equal(target.pod.name, pod.name);
    assert.deepEqual(target.ports, [{ port: 80, target: 8079, name: 'http' }]);
    const { localPort } = await forward(target.pod);
    assert.equal(await text(await answerOf(localPort, '/through')), '/through 0');
    const idle = { ...serviceOf(pod), metadata: { name: 'idle', namespace: pod.namespace }, spec: { ports } };
    await world().create(idle);
    await assert.rejects(targetOf(looking.cluster, { ...object, name: 'idle' }, signal), { code: 'portForward.noPod' });
  });

  it('an upload arrives whole', async () => {
    const { localPort } = await forward();
    const upload = request({ port: localPort, path: '/up', method: 'POST', agent: false });
    const answered = once(upload, 'response') as Promise<[IncomingMessage]>;
    await pipeline(Readable.from(cargo()), upload);
    const [answer] = await answered;
    assert.equal(await text(answer), `/up ${Harbour.cargoBytes}`);
  });

  it('a reader who is slow makes the pod wait: nothing is heaped up on the way, and nothing is lost', async () => {
    const { localPort } = await forward();
    const before = { held: process.memoryUsage().arrayBuffers, sent: harbour().sent };
    const answer = await answerOf(localPort, '/cargo');
    await comesToRest(() => harbour().sent);
    const sent = harbour().sent - before.sent;
    const held = process.memoryUsage().arrayBuffers - before.held;
    assert(sent < Harbour.cargoBytes, 'the pod could send all of it');
    assert(held < mostHeld, `${held} bytes are held`);
    assert.equal(await lengthOf(answer), Harbour.cargoBytes);
  });

  it('listens on 127.0.0.1 alone', async () => {
    const { localPort } = await forward();
    const others = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
    for (const address of ['127.0.0.2', '::1', ...others].filter((one) => one !== '127.0.0.1'))
      assert.match(await refusal(localPort, address), /ECONNREFUSED|EADDRNOTAVAIL|EHOSTUNREACH|EINVAL/, address);
  });

  it('ends with all its connections: nothing listens any more, the pod is left alone', async () => {
    await harbourIs(0);
    const made = await forward();
    const answer = await answerOf(made.localPort, '/cargo');
    await harbourIs(1);
    made.dispose();
    await assert.rejects(lengthOf(answer), { code: 'ECONNRESET' });
    assert.equal(await refusal(made.localPort, '127.0.0.1'), 'ECONNREFUSED');
    await harbourIs(0);
  });

  it('says that nothing answers in the pod, and stays open for what may come', async () => {
    const [nobody = 0] = await freePorts(1);
    const made = await forward(await harbour().pod(pod.cluster, 'mute', nobody));
    const heard = failuresOf(made);
    await assert.rejects(answerOf(made.localPort, '/'), { code: 'ECONNRESET' });
    const [error] = await eventually(heard, (all) => all.length > 0, patience);
    assert(error);
    assert.equal(error.code, 'portForward.refused');
    assert.match(error.message, /^Nothing could be reached at port 80 of the pod: .*refused/);
    await assert.rejects(answerOf(made.localPort, '/'), { code: 'ECONNRESET' });
  });

  it('says that the pod has gone away', async () => {
    const brief = await harbour().pod(pod.cluster, 'brief');
    const made = await forward(brief);
    assert.equal(await text(await answerOf(made.localPort, '/')), '/ 0');
    await world().lab.kubectl('-n', brief.namespace, 'delete', 'pod', 'brief', '--now');
    const heard = failuresOf(made);
    await assert.rejects(answerOf(made.localPort, '/'), { code: 'ECONNRESET' });
    const [error] = await eventually(heard, (all) => all.length > 0, patience);
    assert.equal(error?.code, 'kube.notFound');
  });

  it('is not begun for a reader: the server says why, nothing listens', async () => {
    looking = await world().open({ user: { token: world().tokens.viewer } });
    await assert.rejects(forward(), (error) => {
      assert(error instanceof JarvisError);
      assert.equal(error.code, 'kube.forbidden');
      assert.match(
        error.message,
        /pods "web" is forbidden: User "viewer" cannot (get|create) resource "pods\/portforward"/,
      );
      return true;
    });
  });

  it('is not begun at a port that is taken, nor for a pod that is not there', async () => {
    const { localPort } = await forward();
    await assert.rejects(forward(pod, localPort), { code: 'portForward.inUse' });
    await assert.rejects(forward({ ...pod, name: 'nobody' }), { code: 'kube.notFound' });
  });
}

const ports = [{ name: 'http', port: 80, targetPort: 'web' }];

function serviceOf({ name, namespace }: ObjectRef): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `to-${name}`, namespace },
    spec: { selector: { app: name }, ports },
  };
}

function failuresOf(forward: PortForward): () => readonly JarvisError[] {
  const heard: JarvisError[] = [];
  forward.onDidFail((error) => heard.push(error));
  return () => heard;
}

/** Its body is read by nobody yet. */
async function answerOf(port: number, path: string): Promise<IncomingMessage> {
  const asking = get({ host: '127.0.0.1', port, path, agent: false });
  const [answer] = (await once(asking, 'response')) as [IncomingMessage];
  return answer;
}

async function lengthOf(stream: AsyncIterable<Buffer>): Promise<number> {
  let bytes = 0;
  for await (const chunk of stream) bytes += chunk.length;
  return bytes;
}

/** With which code a connection comes to nothing. */
async function refusal(port: number, host: string): Promise<string> {
  const socket: Socket = connect(port, host);
  try {
    await once(socket, 'connect');
    return 'connected';
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  } finally {
    socket.destroy();
  }
}

/** Until the number has stayed the same for a second. */
async function comesToRest(look: () => number): Promise<void> {
  let [last, since] = [look(), Date.now()];
  await until('nothing moves', () => {
    if (look() !== last) [last, since] = [look(), Date.now()];
    return Promise.resolve(last > 0 && Date.now() - since > 1000);
  });
}
