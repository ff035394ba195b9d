import { StringDecoder } from 'node:string_decoder';
import { CancelledError, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { apiKinds } from '../../domain/kubernetes/api-kinds.ts';
import { apiPath } from '../../domain/kubernetes/api-path.ts';
import type { LogQuery, LogSink } from '../../domain/logs/reader.ts';
import { LineSplitter } from './line-splitter.ts';
import type { Transport } from './transport.ts';

/**
 * How long the beginning of a followed log may take: a kubelet answers with the first line, and a quiet container has none
 * for hours. Dead connections are noticed by TCP itself.
 * Source: k8s.io/kubernetes pkg/kubelet/server/server.go (getContainerLogs, whose writer flushes at each write alone).
 */
const patienceMs = 6 * 3_600_000;

/** `GET …/pods/{name}/log`, see {@link LogReader}. */
export async function readLogs(
  transport: Transport,
  query: LogQuery,
  sink: LogSink,
  signal: AbortSignal,
): Promise<string> {
  const { body } = await open(transport, query, signal);
  sink.open();
  const decoder = new StringDecoder('utf8');
  const splitter = new LineSplitter();
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (signal.aborted) break;
      const lines = splitter.push(decoder.write(chunk));
      if (lines.length > 0) sink.lines(lines);
    }
  } catch (error) {
    if (!signal.aborted) throw transport.streamError(error);
  }
  if (signal.aborted) throw new CancelledError();
  return splitter.rest;
}

async function open(transport: Transport, query: LogQuery, signal: AbortSignal) {
  const { namespace, pod, container, previous, follow, sinceSeconds, sinceTime, tailLines } = query;
  try {
    return await transport.stream(
      {
        path: `${apiPath(apiKinds.pods, namespace, pod)}/log`,
        query: {
          container,
          timestamps: 'true',
          previous: previous ? 'true' : undefined,
          follow: follow ? 'true' : undefined,
          sinceSeconds: sinceSeconds?.toString(),
          sinceTime,
          tailLines: tailLines?.toString(),
        },
        accept: '*/*',
        ...(follow && { patienceMs }),
      },
      signal,
    );
  } catch (error) {
    throw inPlainWords(error, query);
  }
}

/**
 * What a 400 means here. Sources: k8s.io/kubernetes pkg/kubelet/kubelet_pods.go (validateContainerLogStatus: "is waiting
 * to start", "previous terminated container … not found"), pkg/registry/core/pod/strategy.go ("is not valid for pod"),
 * kwok's answer where a pod has no earlier log ("failed to read log file", "failed to tail 5 lines of log file").
 */
function inPlainWords(error: unknown, { container, previous }: LogQuery): unknown {
  if (!(error instanceof JarvisError) || error.code !== 'kube.invalid') return error;
  const said = error.message;
  const waits = /is waiting to start(?:: (.+))?$/.exec(said);
  if (waits) {
    const why = waits[1] ?? '';
    return new JarvisError({
      code: 'logs.waiting',
      message: why
        ? t('Container {0} has not started yet: {1}', container, why)
        : t('Container {0} has not started yet.', container),
      cause: error,
    });
  }
  if (previous && /previous terminated container .* not found|failed to (?:read|tail \d+ lines of) log file/.test(said))
    return new JarvisError({
      code: 'logs.noPrevious',
      message: t('Container {0} has no run before this one.', container),
      cause: error,
    });
  return error;
}
