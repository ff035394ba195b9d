import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import * as v from 'valibot';
import { isCancelled, JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { parseTime } from '../../core/time.ts';
import type { SecretAges } from '../../domain/evidence/secret-ages.ts';

export interface VaultOptions {
  /** `https://vault.example.com:8200`; empty: nobody is asked. */
  readonly address: () => string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home?: string;
}

/** A plan waits for it. */
const timeoutMs = 10_000;
const longestAnswer = 1_000_000;

/**
 * Asks Vault for the metadata of a secret, never for its value. Signs in as Vault's own CLI does: by `VAULT_TOKEN`, or the
 * file that `vault login` writes; `VAULT_NAMESPACE` is heeded.
 * Source: Vault's HTTP API, "KV secrets engine, version 2": GET /:mount/metadata/:path.
 */
export function secretAges({ address, env, home = homedir() }: VaultOptions): SecretAges {
  return {
    async updatedAt(secret, signal) {
      const url = metadataUrl(address(), secret);
      const token = await tokenOf(env, home);
      const namespace = env['VAULT_NAMESPACE'];
      const headers = {
        'x-vault-token': token,
        'x-vault-request': 'true',
        ...(namespace && { 'x-vault-namespace': namespace }),
      };
      return read(await ask(url, headers, signal), secret);
    },
  };
}

/** @throws JarvisError vault.notConfigured, vault.notVersioned */
function metadataUrl(address: string, secret: string): URL {
  const setting = 'jarvis.vault.address';
  if (address.trim() === '')
    throw new JarvisError({
      code: 'vault.notConfigured',
      message: t('{0} is not set.', setting),
      remedies: [{ kind: 'openSetting', setting }],
    });
  const [mount, rest] = split(secret);
  const steps = ['v1', ...mount, 'metadata', ...rest].map(encodeURIComponent);
  const base = URL.canParse(address) ? new URL(address) : undefined;
  if (base?.protocol !== 'https:' && base?.protocol !== 'http:')
    throw new JarvisError({
      code: 'vault.badAddress',
      message: t('{0} is not an http or https address: {1}', setting, address),
      remedies: [{ kind: 'openSetting', setting }],
    });
  base.pathname = `${base.pathname.replace(/\/+$/, '')}/${steps.join('/')}`;
  base.search = '';
  return base;
}

/** `secret/data/team/licence` is the path team/licence of the engine at secret. @throws JarvisError vault.notVersioned */
function split(secret: string): readonly [readonly string[], readonly string[]] {
  const steps = secret.split('/').filter((step) => step !== '');
  const at = steps.indexOf('data', 1);
  if (at > 0 && at < steps.length - 1 && !steps.includes('..') && !steps.includes('.'))
    return [steps.slice(0, at), steps.slice(at + 1)];
  throw new JarvisError({
    code: 'vault.notVersioned',
    message: t('{0} is not a path of a KV engine of version 2, which alone tells when a secret was written.', secret),
  });
}

async function tokenOf(env: VaultOptions['env'], home: string): Promise<string> {
  const given = env['VAULT_TOKEN'] ?? (await readFile(path.join(home, '.vault-token'), 'utf8').catch(() => ''));
  // a header takes no line break, and a token has none
  const token = given.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new JarvisError({
    code: 'vault.notSignedIn',
    message: t('Nobody is signed in to Vault: run "vault login", or set VAULT_TOKEN.'),
    remedies: [{ kind: 'retry' }],
  });
}

async function ask(url: URL, headers: Record<string, string>, signal: AbortSignal): Promise<Response> {
  const signals = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
  try {
    // a token is not taken along to where somebody redirects
    return await fetch(url, { headers, signal: signals, redirect: 'error' });
  } catch (cause) {
    if (signal.aborted || isCancelled(cause)) throw cause;
    throw new JarvisError({
      code: 'vault.unreachable',
      message: t('Vault at {0} cannot be reached.', url.host),
      cause,
    });
  }
}

const answer = v.object({ data: v.object({ updated_time: v.string() }) });

async function read(response: Response, secret: string): Promise<number | undefined> {
  if (response.status === 404) return undefined;
  if (response.status === 403)
    throw new JarvisError({
      code: 'vault.forbidden',
      message: t('Vault does not let you read the metadata of {0}.', secret),
    });
  if (response.status === 503)
    throw new JarvisError({ code: 'vault.sealed', message: t('Vault is sealed, or down for maintenance.') });
  const text = response.ok ? (await response.text()).slice(0, longestAnswer) : '';
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), answer), text);
  const time = parsed.success ? parseTime(parsed.output.data.updated_time) : undefined;
  if (time !== undefined) return time;
  throw new JarvisError({
    code: 'vault.unexpected',
    message: t('Vault answered {0} to a question for the metadata of {1}.', response.status, secret),
  });
}
