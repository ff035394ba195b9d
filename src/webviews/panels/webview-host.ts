import * as vscode from 'vscode';
import { DisposableStore } from '../../core/disposable.ts';
import type { MessageMap, Send } from '../contract/message.ts';
import { pageHtml } from './page.ts';
import type { Session } from './session.ts';

/** A page's bundle in dist/webviews (`<bundle>.js` and `.css`) and its tab icon. */
export interface WebviewKind {
  readonly bundle: 'chart' | 'action';
  readonly icon: string;
}

/** Joins a panel with the session behind it, for as long as the panel is open. */
export function attach<ToView extends MessageMap>(
  panel: vscode.WebviewPanel,
  kind: WebviewKind,
  extensionUri: vscode.Uri,
  open: (send: Send<ToView>) => Session,
): void {
  const { webview } = panel;
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webviews');
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };
  panel.iconPath = new vscode.ThemeIcon(kind.icon);

  const owned = new DisposableStore();
  const session = owned.add(open((type, body) => void webview.postMessage({ type, body })));
  session.setVisible(panel.visible);
  owned.add(webview.onDidReceiveMessage((raw: unknown) => session.receive(raw)));
  owned.add(panel.onDidChangeViewState(() => session.setVisible(panel.visible)));
  panel.onDidDispose(() => owned.dispose());

  webview.html = pageHtml({
    script: asset(`${kind.bundle}.js`),
    style: asset(`${kind.bundle}.css`),
    cspSource: webview.cspSource,
    language: vscode.env.language,
  });
}
