import { secretAges } from '../clients/vault/secret-ages.ts';
import type { SecretAges } from '../domain/evidence/secret-ages.ts';
import { setting } from '../ui/settings.ts';

/** The Vault of the settings, as the person's own `vault` command is signed in to it. */
export function vaultAges(): SecretAges {
  return secretAges({ address: () => setting('jarvis.vault.address'), env: process.env });
}
