import * as v from 'valibot';
import * as vscode from 'vscode';
import { DisposableStore } from '../../core/disposable.ts';
import type { MessageMap, Send } from '../contract/message.ts';
import { pageHtml } from './page.ts';
import type { Session } from './session.ts';

/** Reads what a page kept; undefined where it is of another shape. */
export function readAs<P>(schema: v.GenericSchema<unknown, P>): (state: unknown) => P | undefined {
  return (state) => {
    const parsed = v.safeParse(schema, state);
    return parsed.success ? parsed.output : undefined;
  };
}

/** Joins a panel with its page (`dist/webviews/<bundle>.js` and `.css`) and the session behind it, until it is closed. */
export function attach<ToView extends MessageMap>(
  panel: vscode.WebviewPanel,
  extensionUri: vscode.Uri,
  bundle: 'chart' | 'action' | 'logs',
  open: (send: Send<ToView>) => Session,
): void {
  const { webview } = panel;
  const folder = vscode.Uri.joinPath(extensionUri, 'dist', 'webviews');
  const asset = (name: string) => webview.asWebviewUri(vscode.Uri.joinPath(folder, name)).toString();
  webview.options = { enableScripts: true, localResourceRoots: [folder] };

  const owned = new DisposableStore();
  const session = owned.add(open((type, body) => void webview.postMessage({ type, body })));
  session.setVisible(panel.visible);
  owned.add(webview.onDidReceiveMessage((raw: unknown) => session.receive(raw)));
  owned.add(panel.onDidChangeViewState(() => session.setVisible(panel.visible)));
  panel.onDidDispose(() => owned.dispose());

  webview.html = pageHtml({
    script: asset(`${bundle}.js`),
    style: asset(`${bundle}.css`),
    cspSource: webview.cspSource,
    language: vscode.env.language,
  });
}
