import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ClusterRef } from '../../domain/kubernetes/model.ts';
import { isProduction, locksAnything } from '../../domain/remediation/guards/protection.ts';
import type { Services } from '../../services.ts';
import { ask, pick } from '../../ui/prompts.ts';
import { currentProtection } from '../../ui/protection.ts';
import { allContexts, pickCluster } from '../objects/choose-cluster.ts';

const minuteMs = 60_000;
const longestReason = 500;

/** Which cluster, why, and for how long: only then is its production open. @throws CancelledError, JarvisError */
export async function unlockProduction({ clusters, runs }: Services, given: ClusterRef | undefined): Promise<void> {
  const cluster = given ?? (await pickCluster(clusters, lockedAmong(await allContexts(clusters))));
  const reason = await ask({
    title: t('Unlock production: {0}', cluster.context),
    prompt: t('Why? The reason stands in the record, with your name.'),
    placeHolder: t('INC-1234: front-end is at its maximum'),
    validateInput: badReason,
  });
  const minutes = await pick([5, 15, 30, 60].map(choice), { title: t('For how long?') });
  await runs.unlock(cluster, reason, minutes * minuteMs);
}

function badReason(text: string): string | undefined {
  if (text.trim() === '') return t('Production is unlocked for a reason only.');
  return text.length > longestReason ? t('At most {0} characters.', longestReason) : undefined;
}

function choice(minutes: number) {
  return { label: t('{0} minutes', minutes), value: minutes };
}

/** Where namespaces or accounts are locked, every cluster may lead to some. @throws JarvisError where nothing is locked */
function lockedAmong(all: readonly ClusterRef[]): readonly ClusterRef[] {
  const { production } = currentProtection();
  if (!locksAnything(production)) throw nothingLocked();
  const locked = all.filter((cluster) => isProduction({ cluster, namespace: '' }, production, all));
  const anywhere = production.namespaces.length + production.accounts.length > 0;
  return anywhere || locked.length === 0 ? all : locked;
}

function nothingLocked(): JarvisError {
  return new JarvisError({
    code: 'remediation.nothingLocked',
    message: t('Nothing is locked: no cluster, account or namespace is said to be production.'),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.production' }],
  });
}
