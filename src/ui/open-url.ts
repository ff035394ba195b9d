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
  // as it is: a Uri forgets how its query was encoded, and a `%26` in it would part it anew (microsoft/vscode#85930)
  await vscode.env.openExternal(url as unknown as vscode.Uri);
}
