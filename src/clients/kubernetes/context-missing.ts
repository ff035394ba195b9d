import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';

export function contextMissing(context: string): JarvisError {
  return new JarvisError({
    code: 'kube.contextMissing',
    message: t('The kubeconfig no longer has the context {0} with this server.', context),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.kubernetes.kubeconfig' }],
  });
}
