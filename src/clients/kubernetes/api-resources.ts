import { SingleFlight, unlessCancelled } from '../../core/async.ts';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { ManifestKind, ServedKind } from '../../domain/kubernetes/reader.ts';
import type { Transport } from './transport.ts';

/** meta/v1 APIResourceList. */
interface ApiResourceList {
  readonly resources?: readonly { readonly name: string; readonly kind: string; readonly namespaced: boolean }[];
}

/** Which kinds the API server has (discovery), each group's version asked for once for all, and again for what is not there. */
export class ApiResources {
  readonly #transport: Transport;
  readonly #lists = new SingleFlight<string, ApiResourceList>();
  readonly #ended = new AbortController();

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** @throws JarvisError kube.notFound (the server has no such kind), kube.*, CancelledError on the signal */
  async find(kind: ManifestKind, signal: AbortSignal): Promise<ServedKind> {
    const { apiVersion } = kind;
    const known = pickKind(kind, await unlessCancelled(this.#list(apiVersion), signal));
    if (known) return known;
    this.#lists.forget(apiVersion);
    const found = pickKind(kind, await unlessCancelled(this.#list(apiVersion), signal));
    if (found) return found;
    throw this.#unknown(kind);
  }

  forget(): void {
    this.#lists.clear();
  }

  dispose(): void {
    this.#ended.abort();
  }

  #list(apiVersion: string): Promise<ApiResourceList> {
    const root = apiVersion.includes('/') ? 'apis' : 'api';
    const path = ['', root, ...apiVersion.split('/')].map(encodeURIComponent).join('/');
    return this.#lists.get(apiVersion, async () => {
      try {
        return await this.#transport.json({ path }, this.#ended.signal);
      } catch (error) {
        if (error instanceof JarvisError && error.code === 'kube.notFound') return {};
        throw error;
      }
    });
  }

  #unknown({ apiVersion, kind }: ManifestKind): JarvisError {
    return new JarvisError({
      code: 'kube.notFound',
      message: t('{0} does not know the kind {1} of {2}.', this.#transport.ref.context, kind, apiVersion),
      remedies: [{ kind: 'retry' }],
    });
  }
}

/** Subresources (`pods/log`) stand in the same list. */
function pickKind({ apiVersion, kind }: ManifestKind, { resources = [] }: ApiResourceList): ServedKind | undefined {
  const found = resources.find((one) => one.kind === kind && !one.name.includes('/'));
  if (!found) return undefined;
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  return { group, version, resource: found.name, kind, isNamespaced: found.namespaced };
}
