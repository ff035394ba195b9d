import * as vscode from 'vscode';
import { JarvisError } from '../core/errors.ts';
import { t } from '../core/l10n.ts';

/**
 * Opens an address that a server or a setting gave in the person's browser. Only web addresses: VS Code would open
 * `vscode:` and `file:` ones, too. @throws JarvisError url.notWeb
 */
export async function openUrl(url: string): Promise<void> {
  if (!/^https?:\/\//i.test(url))
    throw new JarvisError({ code: 'url.notWeb', message: t('{0} is not a web address.', url) });
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
}
