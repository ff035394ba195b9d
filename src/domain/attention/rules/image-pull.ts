import { t } from '../../../core/l10n.ts';
import { hasEnded } from '../../kubernetes/health.ts';
import type { Container, Pod } from '../../kubernetes/model.ts';
import type { Rule, Surroundings } from '../model.ts';

/** Waiting reasons of the kubelet. */
const reasons = new Set([
  'ErrImagePull',
  'ImagePullBackOff',
  'InvalidImageName',
  'ErrImageNeverPull',
  'RegistryUnavailable',
  'SignatureValidationFailed',
  'ImageInspectError',
]);

export const imagePull: Rule<Pod> = {
  id: 'imagePull',
  severity: 'error',
  source: 'kubernetes.io, "Images": ImagePullBackOff; k8s.io/kubernetes pkg/kubelet/images/types.go',
  covers: ['cannotStart', 'notReady'],
  check(pod, around) {
    if (hasEnded(pod)) return undefined;
    const container = pod.containers.find(({ state }) => state.kind === 'waiting' && reasons.has(state.reason));
    if (!container) return undefined;
    const { image } = container;
    const message = messageOf(container, pod, around);
    const why = pullErrorInWords(container.state.reason, message);
    return {
      cause: `${image} ${why.code}`,
      sentence: ({ name, count }) =>
        count === 1
          ? t('{0} cannot get its image {1}: {2}', name, image, why.text)
          : t('{0} pods of {1} cannot get their image {2}: {3}', count, name, image, why.text),
      detail: () => [message].filter((text) => text !== '' && text !== why.text),
      since: pod.startedAt ?? pod.createdAt,
    };
  },
};

/** While the kubelet waits for its next try it may not repeat why the last one failed; the event has said it. */
function messageOf({ state, image }: Container, { uid }: Pod, around: Surroundings): string {
  const said = around
    .warningsAbout(uid)
    .filter(({ reason, message }) => reason === 'Failed' && message.startsWith(`Failed to pull image "${image}": `))
    .sort((a, b) => b.lastAt - a.lastAt)[0]?.message;
  const isBare = state.message === '' || /^Back-off pulling image "[^"]*"$/.test(state.message);
  return isBare ? (said ?? state.message) : state.message;
}

interface Why {
  readonly code: string;
  readonly text: string;
}

/**
 * Why an image cannot be pulled, in plain words; the last line of the server's own where they say something else.
 * Sources: the OCI distribution specification's error codes; containerd's and the Docker Registry's messages; RFC 9110.
 */
function pullErrorInWords(reason: string, message: string): Why {
  if (reason === 'InvalidImageName') return { code: reason, text: t('the name is not valid') };
  if (reason === 'ErrImageNeverPull')
    return { code: reason, text: t('it is not on the node, and its pull policy is Never') };
  for (const { code, pattern, text } of causes) if (pattern.test(message)) return { code, text: text() };
  return { code: message, text: message || reason };
}

const causes: readonly { readonly code: string; readonly pattern: RegExp; readonly text: () => string }[] = [
  {
    code: 'rateLimit',
    pattern: /toomanyrequests|too many requests|rate limit|\b429\b/i,
    text: () => t('the registry allows no more pulls for now'),
  },
  {
    code: 'denied',
    pattern: /pull access denied|unauthorized|insufficient_scope|authorization failed|forbidden|no basic auth|denied/i,
    text: () => t('the registry does not allow it, or there is no such image'),
  },
  {
    code: 'platform',
    pattern: /no match(ing manifest)? for|no matching manifest/i,
    text: () => t('it is not made for the architecture of the node'),
  },
  { code: 'disk', pattern: /no space left/i, text: () => t('the disk of the node is full') },
  {
    code: 'certificate',
    pattern: /x509|certificate/i,
    text: () => t('the certificate of the registry is not trusted'),
  },
  {
    code: 'unreachable',
    pattern:
      /no such host|dial tcp|i\/o timeout|connection refused|connection reset|deadline exceeded|TLS handshake|unreachable|RegistryUnavailable|server misbehaving/i,
    text: () => t('the registry cannot be reached'),
  },
  {
    code: 'notFound',
    pattern: /not found|manifest unknown|MANIFEST_UNKNOWN|NAME_UNKNOWN|does not exist/i,
    text: () => t('there is no such image'),
  },
];
