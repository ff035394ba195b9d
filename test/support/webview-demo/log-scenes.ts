import type { Clock } from '../../../src/core/clock.ts';
import { JarvisError } from '../../../src/core/errors.ts';
import type { Container, Pod } from '../../../src/domain/kubernetes/model.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import { LogFollow } from '../../../src/domain/logs/follow.ts';
import type { LogQuery, LogReader, LogSink } from '../../../src/domain/logs/reader.ts';
import type { LogsPersisted } from '../../../src/webviews/contract/logs.ts';
import { aContainer, aPod, FakeCluster } from '../builders/kubernetes.ts';
import { hostileNames } from '../hostile.ts';

const nine = Date.parse('2026-11-21T09:00:00Z');
const ref = { context: 'prod-seoul', server: 'https://prod.example', cluster: 'prod' };

/** What a page of logs is about in the demo. */
export const loggedObject: ObjectRef = {
  cluster: ref,
  group: 'apps',
  version: 'v1',
  resource: 'deployments',
  kind: 'Deployment',
  namespace: 'sock-shop',
  name: 'front-end',
  uid: 'uid-front-end',
};

interface LogScene {
  readonly pods?: readonly Pod[];
  /** Why the pods are not known. */
  readonly refused?: JarvisError;
  readonly logs: LogReader['logs'];
}

const escape = '\u001B';
/** What a container may write, by what it tries. */
const hostileLines = [
  ...Object.values(hostileNames).filter((text) => !/[\r\n]/.test(text)),
  `${escape}[31;1mred${escape}[0m ${escape}[2J${escape}[10;10Hmoved ${escape}[1A${escape}[2Kover the line above`,
  `${escape}]8;;https://evil.example${escape}\\a link${escape}]8;;${escape}\\ ${escape}]0;owned\u0007title`,
  `${escape}]52;c;cm0gLXJm\u0007clipboard ${escape}Pq#0~${escape}\\sixel \u009B31mcsi`,
  'user\u202Egnp.exe\u202C \u2066isolate\u2069 שלום עולם 1 2 3',
];

const logScenes = {
  /** Three pods that go on speaking; one of them cannot be read. */
  live: { pods: [podOf('a1'), podOf('b2'), podOf('c3')], logs: speaking },
  loading: { logs: silent },
  unknown: { refused: forbidden('pods is forbidden: User "ada" cannot list resource "pods"'), logs: silent },
  nobody: { pods: [], logs: silent },
  silent: { pods: [podOf('a1')], logs: silent },
  silentEnd: { pods: [podOf('a1', 'terminated')], logs: told([]) },
  ended: { pods: [podOf('a1', 'terminated')], logs: told(['INFO started', 'WARN late', 'ERROR out of memory']) },
  waiting: {
    pods: [podOf('a1')],
    logs: fails('logs.waiting', 'Container front-end has not started yet: ImagePullBackOff'),
  },
  forbidden: {
    pods: [podOf('a1')],
    logs: fails('kube.forbidden', 'prod-seoul does not allow this: pods "front-end-a1" is forbidden'),
  },
  hostile: { pods: [podOf('a1'), podOf('b2')], logs: hostile },
  /** More than is kept. */
  large: {
    pods: [podOf('a1')],
    logs: told(
      Array.from({ length: 120_000 }, (_, n) => request(n)),
      'stays',
    ),
  },
} satisfies Readonly<Record<string, LogScene>>;

/** Reads a scene as the host reads a cluster. */
export function followScene(scene: string, { object, ...options }: LogsPersisted, clock: Clock): LogFollow {
  const { pods, refused, logs }: LogScene = Object.hasOwn(logScenes, scene)
    ? logScenes[scene as keyof typeof logScenes]
    : logScenes.live;
  const cluster = new FakeCluster(ref);
  if (pods) cluster.stores.pods.has(...pods);
  if (refused) cluster.stores.pods.becomes({ state: 'failed', error: refused });
  cluster.logReader = { logs };
  return new LogFollow(cluster, object, options, clock);
}

function podOf(suffix: string, state: Container['state']['kind'] = 'running'): Pod {
  return aPod({
    uid: `uid-${suffix}`,
    name: `front-end-${suffix}`,
    owners: [{ kind: 'Deployment', name: 'front-end', uid: 'uid-front-end', controller: true }],
    containers: [aContainer({ state: { kind: state, reason: '', message: '' } })],
  });
}

function line(second: number, text: string): string {
  return `${new Date(nine + second * 1000).toISOString()} ${text}`;
}

function request(n: number): string {
  if (n % 11 === 0) return 'Error: connect ECONNREFUSED session-db:6379';
  if (n % 7 === 0) return `level=warn msg="slow answer of catalogue" ms=${900 + (n % 100)}`;
  return JSON.stringify({ level: 'info', msg: 'GET /catalogue', status: 200, ms: 4 + (n % 23), request: n });
}

function told(texts: readonly string[], then?: 'stays'): LogReader['logs'] {
  const lines = texts.map((text, n) => line(n / 100, text));
  return (query, sink, signal) => {
    sink.open();
    sink.lines(query.sinceTime === undefined ? lines : []);
    return then ? whenStopped(signal) : Promise.resolve('');
  };
}

function silent(_query: LogQuery, sink: LogSink, signal: AbortSignal): Promise<string> {
  sink.open();
  return whenStopped(signal);
}

function speaking({ pod, previous }: LogQuery, sink: LogSink, signal: AbortSignal): Promise<string> {
  const place = pod.charCodeAt('front-end-'.length) - 97;
  sink.open();
  if (previous) {
    sink.lines([line(0, `${pod} listens on 8079`), line(1, 'FATAL heap out of memory')]);
    return Promise.resolve('');
  }
  sink.lines(Array.from({ length: 40 }, (_, n) => line(n + place / 3, request(n * 3 + place))));
  let second = 40;
  const timer = setInterval(() => sink.lines([line(second, request(second++ * 3 + place))]), 200);
  return whenStopped(signal).finally(() => clearInterval(timer));
}

function hostile({ pod }: LogQuery, sink: LogSink, signal: AbortSignal): Promise<string> {
  sink.open();
  // as the client leaves a line of a megabyte
  const long = `${'<b>long</b>'.repeat(744)}… (+1040384)`;
  sink.lines([...hostileLines, long].map((text, n) => line(n, `${text} ${pod}`)));
  return whenStopped(signal);
}

function fails(code: 'logs.waiting' | 'kube.forbidden', message: string): LogReader['logs'] {
  return () => Promise.reject(new JarvisError({ code, message, remedies: [{ kind: 'retry' }] }));
}

function forbidden(message: string): JarvisError {
  return new JarvisError({ code: 'kube.forbidden', message, remedies: [{ kind: 'retry' }] });
}

function whenStopped(signal: AbortSignal): Promise<string> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve('')));
}
