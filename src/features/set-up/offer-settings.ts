import * as vscode from 'vscode';
import { JarvisError, isCancelled } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { type WantedSetting, settingsFor } from '../../domain/set-up/settings.ts';
import { pick } from '../../ui/prompts.ts';
import { setting } from '../../ui/settings.ts';
import type { Wanted } from './ask.ts';

/**
 * Offers to set what a first plan needs, and sets nothing that was not chosen. To choose nothing is an answer.
 * @throws JarvisError setUp.notSet
 */
export async function offerSettings(wanted: Wanted): Promise<void> {
  const settings = settingsFor(wanted, wanted.routes, {
    'jarvis.github.repository': setting('jarvis.github.repository'),
    'jarvis.remediation.route': setting('jarvis.remediation.route'),
    'jarvis.remediation.workflows': setting('jarvis.remediation.workflows'),
    'jarvis.remediation.functions': setting('jarvis.remediation.functions'),
  });
  if (settings.length === 0) return;
  const target = await where(settings);
  if (target !== undefined) for (const each of settings) await set(each, target);
}

/** Where the workspace says otherwise, a user's setting would change nothing. */
async function where(settings: readonly WantedSetting[]): Promise<vscode.ConfigurationTarget | undefined> {
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const configuration = vscode.workspace.getConfiguration();
  const overruled = settings.some(({ id }) => configuration.inspect(id)?.workspaceValue !== undefined);
  const detail = settings.map(({ id, value }) => `${id}: ${JSON.stringify(value)}`).join(' · ');
  const choices = [
    { label: t('In this workspace'), detail, value: Workspace },
    ...(overruled ? [] : [{ label: t('For me, in every workspace'), detail, value: Global }]),
    { label: t('Not now'), value: undefined },
  ];
  try {
    return await pick<vscode.ConfigurationTarget | undefined>(choices, {
      title: t('Settings that the first plan needs'),
      placeHolder: t('Set them where?'),
    });
  } catch (error) {
    if (isCancelled(error)) return undefined;
    throw error;
  }
}

async function set({ id, value }: WantedSetting, target: vscode.ConfigurationTarget): Promise<void> {
  try {
    await vscode.workspace.getConfiguration().update(id, value, target);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new JarvisError({
      code: 'setUp.notSet',
      message: t('{0} could not be set: {1}', id, reason),
      cause,
      remedies: [{ kind: 'openSetting', setting: id }],
    });
  }
}
