import { t } from '../../core/l10n.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { ForwardedPorts } from '../../domain/kubernetes/port-forward.ts';
import { type OfferedPort, parsePorts, proposedPorts } from '../../domain/kubernetes/ports.ts';
import { ask } from '../../ui/prompts.ts';
import type { Target } from './target-pod.ts';

/**
 * `LOCAL:REMOTE`, checked while it is typed. A service has the ports that it has; a pod may listen on any.
 * @throws CancelledError
 */
export async function askPorts(object: ObjectRef, { ports, pod }: Target): Promise<ForwardedPorts> {
  const [first] = ports;
  const problem = (text: string) => portProblem(text, object.kind === 'Service' ? ports : []);
  const answer = await ask({
    title: t('Forward a port of {0}', pod.name),
    prompt: ports.length > 0 ? t('Ports: {0}', ports.map(portInWords).join(', ')) : t('It declares no port.'),
    placeHolder: t('PORT HERE:PORT OF THE POD'),
    value: first ? proposedPorts(first) : '',
    validateInput: problem,
  });
  return parsePorts(answer) ?? { local: 0, remote: 0 };
}

function portProblem(text: string, only: readonly OfferedPort[]): string | undefined {
  const parsed = parsePorts(text);
  if (!parsed) return t('Two ports from 1 to 65535, as in 8080:80; :80 takes any free port here.');
  const isThere = only.length === 0 || only.some(({ port }) => port === parsed.remote);
  return isThere ? undefined : t('The service has no port {0}.', parsed.remote);
}

function portInWords({ port, name }: OfferedPort): string {
  return name ? `${port} (${name})` : String(port);
}
