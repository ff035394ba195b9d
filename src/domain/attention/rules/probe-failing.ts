import { t } from '../../../core/l10n.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Pod, Warning } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';

type Probe = 'liveness' | 'startup' | 'readiness';

/** Events of one probe are sent rarely once there were many of them: 25 at once, then one each 5 minutes. */
const silenceMs = 10 * minute;
const order: readonly Probe[] = ['liveness', 'startup', 'readiness'];

export const probeFailing: Rule<Pod> = {
  id: 'probeFailing',
  severity: 'warning',
  source: 'kubernetes.io, "Liveness, Readiness, and Startup Probes"; k8s.io/kubernetes pkg/kubelet/prober/prober.go',
  covers: ['notReady'],
  check(pod, around) {
    if (hasEnded(pod)) return undefined;
    const failure = worst(around.warningsAbout(pod.uid).flatMap((warning) => readFailure(warning) ?? []));
    if (!failure || hasRecovered(pod, failure.lastAt)) return undefined;
    const { probe, answer, lastAt, firstAt, count: times } = failure;
    const what = answerInWords(answer);
    return {
      cause: `${probe} ${what}`,
      sentence: ({ name, count }) =>
        count === 1
          ? t('{0} fails its {1} probe: {2}', name, probeInWords(probe), what)
          : t('{0} pods of {1} fail their {2} probe: {3}', count, name, probeInWords(probe), what),
      detail: () => [healing(probe), ...(answer === what ? [] : [answer])],
      ...{ times, lastAt, since: firstAt, until: lastAt + silenceMs },
    };
  },
};

interface Failure extends Pick<Warning, 'count' | 'firstAt' | 'lastAt'> {
  readonly probe: Probe;
  readonly answer: string;
}

/** "Readiness probe failed: …", "Liveness probe errored and resulted in unknown state: …". */
function readFailure({ reason, message, count, firstAt, lastAt }: Warning): Failure | undefined {
  if (reason !== 'Unhealthy') return undefined;
  const [, probe, answer = ''] =
    /^(Liveness|Readiness|Startup) probe (?:failed|errored[^:]*):\s*(.*)$/s.exec(message) ?? [];
  if (probe === undefined) return undefined;
  return { probe: probe.toLowerCase() as Probe, answer: answer.trim(), count, firstAt, lastAt };
}

/** Of what fails at present, the probe that does most: liveness restarts. */
function worst(failures: readonly Failure[]): Failure | undefined {
  const newest = Math.max(...failures.map(({ lastAt }) => lastAt));
  return failures
    .filter(({ lastAt }) => lastAt > newest - silenceMs)
    .sort((a, b) => order.indexOf(a.probe) - order.indexOf(b.probe) || b.lastAt - a.lastAt)[0];
}

function hasRecovered({ conditions }: Pod, lastAt: number): boolean {
  return conditions.some(
    ({ type, status, changedAt }) => type === 'Ready' && status === 'True' && (changedAt ?? 0) > lastAt,
  );
}

function probeInWords(probe: Probe): string {
  switch (probe) {
    case 'liveness':
      return t('liveness');
    case 'startup':
      return t('startup');
    case 'readiness':
      return t('readiness');
  }
}

/** What Kubernetes does about it by itself. */
function healing(probe: Probe): string {
  switch (probe) {
    case 'liveness':
      return t('Kubernetes restarts the container when the probe has failed often enough in a row (failureThreshold).');
    case 'startup':
      return t(
        'Until the startup probe succeeds the other probes wait; when it has failed too often, Kubernetes restarts the container.',
      );
    case 'readiness':
      return t(
        'Kubernetes sends it no requests through its Services until the probe succeeds again. It is not restarted.',
      );
  }
}

/** What the probe got for an answer; the kubelet's own words where it is a command's output. */
function answerInWords(answer: string): string {
  const [, status] = /^HTTP probe failed with statuscode: (\d+)/.exec(answer) ?? [];
  if (status !== undefined) return t('it answers HTTP {0}', status);
  if (answer.includes('connection refused')) return t('nothing listens on the port');
  if (/deadline exceeded|Client\.Timeout|i\/o timeout|timed out/.test(answer)) return t('no answer in time');
  if (/no such host|no route to host|network is unreachable/.test(answer)) return t('its address cannot be reached');
  if (/connection reset|\bEOF\b/.test(answer)) return t('it ends the connection');
  if (/x509|tls: /.test(answer)) return t('its TLS cannot be agreed on');
  const [, grpc] = /service unhealthy \(responded with "(\w+)"\)/.exec(answer) ?? [];
  if (grpc !== undefined) return t('it answers {0}', grpc);
  return answer === '' ? t('its command fails') : answer;
}
