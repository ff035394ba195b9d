import { t } from '../../../core/l10n.ts';
import type { PersistentVolumeClaim, Pod } from '../../kubernetes/model.ts';
import { type Rule, minute } from '../model.ts';

/** Making a volume in a cloud takes less. */
const provisioningMs = 2 * minute;

/** A claim that waits for its first consumer, as its storage class may ask, is in order. */
export const claimPending: Rule<PersistentVolumeClaim> = {
  id: 'claimPending',
  severity: 'error',
  source: 'kubernetes.io, "Persistent Volumes": binding; "Storage Classes": volume binding mode',
  check(claim, around) {
    if (claim.phase !== 'Pending' || claim.deletedAt !== undefined) return undefined;
    const { name, storageClass, createdAt: since } = claim;
    const [said] = around
      .warningsAbout(claim.uid)
      .filter(({ reason }) => reason === 'ProvisioningFailed' || reason === 'FailedBinding')
      .sort((a, b) => b.lastAt - a.lastAt);
    if (said) {
      const why = provisioningErrorInWords(said.message);
      const { count: times, lastAt } = said;
      const sentence = () => t('Volume claim {0} gets no volume: {1}', name, why);
      return { cause: why, sentence, detail: () => [said.message], since, times, lastAt };
    }
    const isAwaited = storageClass === '' || around.podsUsing(claim).some(awaitsVolume);
    if (!isAwaited) return undefined;
    const why = storageClass === '' ? t('no volume fits, and it names no storage class') : t('nobody says why');
    return {
      cause: 'silent',
      sentence: () => t('Volume claim {0} gets no volume: {1}', name, why),
      detail: () => [t('Does the provisioner of the storage class {0} run?', storageClass || '""')],
      since,
      from: since + provisioningMs,
    };
  },
};

export const claimLost: Rule<PersistentVolumeClaim> = {
  id: 'claimLost',
  severity: 'error',
  source: 'k8s.io/api core/v1: ClaimLost',
  check({ phase, name, volume }) {
    if (phase !== 'Lost') return undefined;
    return {
      cause: '',
      sentence: () => t('Volume claim {0} has lost its volume {1}', name, volume),
      detail: () => [
        t('The PersistentVolume is gone, and with it perhaps the data. Pods that use the claim cannot start.'),
      ],
    };
  },
};

/** It has a node already, or the scheduler says that it is the claim that keeps it from having one. */
function awaitsVolume({ nodeName, conditions }: Pod): boolean {
  return (
    nodeName !== '' ||
    conditions.some(
      ({ type, message }) => type === 'PodScheduled' && message.includes('unbound immediate PersistentVolumeClaims'),
    )
  );
}

/** Source: k8s.io/kubernetes pkg/controller/volume/persistentvolume/pv_controller.go, its events. */
function provisioningErrorInWords(message: string): string {
  const [, name] = /storageclass\.storage\.k8s\.io "([^"]+)" not found/.exec(message) ?? [];
  if (name !== undefined) return t('there is no storage class {0}', name);
  if (/UnauthorizedOperation|AccessDenied|not authorized/.test(message))
    return t('the provisioner is not allowed to make one');
  if (/LimitExceeded|quota|QuotaExceeded/i.test(message)) return t('the quota for volumes is used up');
  return message;
}
