import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { grafanaUrl } from '../../domain/alarms/links.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import { openUrl } from '../../ui/open-url.ts';
import { setting } from '../../ui/settings.ts';

/** What dashboards show at first. */
const spanMs = 60 * 60_000;

/** The dashboard of `jarvis.grafana.urlTemplate` for the object. @throws JarvisError grafana.noTemplate */
export async function openGrafana({ kind, namespace, name }: ObjectRef, now: number): Promise<void> {
  const isNamespace = kind === 'Namespace';
  const url = grafanaUrl(setting('jarvis.grafana.urlTemplate'), {
    namespace: isNamespace ? name : namespace,
    pod: isNamespace || kind === 'Node' ? '' : name,
    from: now - spanMs,
    to: now,
  });
  if (!url)
    throw new JarvisError({
      code: 'grafana.noTemplate',
      message: t('The address of your Grafana dashboard is not set.'),
      remedies: [{ kind: 'openSetting', setting: 'jarvis.grafana.urlTemplate' }],
    });
  await openUrl(url);
}
