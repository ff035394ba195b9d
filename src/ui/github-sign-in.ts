import * as vscode from 'vscode';
import { CancelledError, JarvisError } from '../core/errors.ts';
import { t } from '../core/l10n.ts';
import { setting } from './settings.ts';

/** What dispatching a workflow and reading its run need. */
const scopes = ['repo', 'workflow'];

/**
 * Who Jarvis is to a GitHub server: VS Code's own sign-in for github.com and for the Enterprise Server that VS Code is
 * set up for; for any other server a token that the person gives, kept in SecretStorage under the server's host.
 */
export class GitHubSignIn {
  readonly #secrets: vscode.SecretStorage;

  constructor(secrets: vscode.SecretStorage) {
    this.#secrets = secrets;
  }

  /** For requests, in the background too: never asks. @throws JarvisError github.unauthorized */
  async token(apiUrl: string): Promise<string> {
    const token = await this.#known(apiUrl);
    if (token !== undefined) return token;
    throw new JarvisError({
      code: 'github.unauthorized',
      message: t('You are not signed in to {0}.', hostOf(apiUrl)),
      remedies: [{ kind: 'signInGitHub' }],
    });
  }

  /** Asks where nobody is signed in yet. @throws CancelledError */
  async ensure(): Promise<void> {
    const apiUrl = setting('jarvis.github.apiUrl');
    if ((await this.#known(apiUrl)) === undefined) await this.signIn(apiUrl);
  }

  /** Asks, also where a token is known: it may be the wrong one. @throws CancelledError */
  async signIn(apiUrl = setting('jarvis.github.apiUrl')): Promise<void> {
    const provider = providerOf(apiUrl);
    // a session that GitHub has revoked is still there: only a new one helps
    if (provider) await vscode.authentication.getSession(provider, scopes, { forceNewSession: true });
    else await this.#askToken(apiUrl);
  }

  async #known(apiUrl: string): Promise<string | undefined> {
    const provider = providerOf(apiUrl);
    if (!provider) return this.#secrets.get(keyOf(apiUrl));
    return (await vscode.authentication.getSession(provider, scopes, { silent: true }))?.accessToken;
  }

  async #askToken(apiUrl: string): Promise<void> {
    const token = await vscode.window.showInputBox({
      title: t('Sign in to {0}', hostOf(apiUrl)),
      prompt: t('A token with the scopes {0}. It is kept in the secret storage of VS Code.', scopes.join(', ')),
      password: true,
      ignoreFocusOut: true,
      validateInput: (text) => (/^[\x21-\x7e]*$/.test(text.trim()) ? undefined : t('A token has no spaces.')),
    });
    if (!token?.trim()) throw new CancelledError();
    await this.#secrets.store(keyOf(apiUrl), token.trim());
  }
}

/** `github` for github.com, `github-enterprise` for the server of the setting `github-enterprise.uri`. */
function providerOf(apiUrl: string): 'github' | 'github-enterprise' | undefined {
  const host = hostOf(apiUrl);
  if (host === 'api.github.com') return 'github';
  const enterprise = vscode.workspace.getConfiguration('github-enterprise').get<string>('uri') ?? '';
  return enterprise !== '' && hostOf(enterprise) === host ? 'github-enterprise' : undefined;
}

function keyOf(apiUrl: string): string {
  return `github-token:${hostOf(apiUrl)}`;
}

/** @throws JarvisError settings.badUrl */
function hostOf(url: string): string {
  if (URL.canParse(url)) return new URL(url).host;
  throw new JarvisError({
    code: 'settings.badUrl',
    message: t('{0} is not a URL.', url),
    remedies: [{ kind: 'openSetting', setting: 'jarvis.github.apiUrl' }],
  });
}
