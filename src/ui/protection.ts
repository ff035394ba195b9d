import { type Protection, protectionOf } from '../domain/remediation/guards/protection.ts';
import type { SettingId } from '../contributions.ts';
import { settingInEachScope } from './settings.ts';

export const protectionSettings: readonly SettingId[] = ['jarvis.production', 'jarvis.readOnly'];

/** What the settings lock now: what the user locks, a workspace cannot unlock. */
export function currentProtection(): Protection {
  return protectionOf(settingInEachScope('jarvis.production'), settingInEachScope('jarvis.readOnly'));
}
