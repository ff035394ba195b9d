import { Pool } from 'undici';
import * as v from 'valibot';
import { until } from '../process/until.ts';

/** An object as manifests give it. */
export const Manifest = v.looseObject({
  apiVersion: v.string(),
  kind: v.string(),
  metadata: v.looseObject({ name: v.string(), namespace: v.optional(v.string()) }),
});
export type Manifest = v.InferOutput<typeof Manifest>;

/** An answer of the API server other than 2xx. */
export class ApiError extends Error {
  readonly status: number;

  constructor(method: string, path: string, status: number, body: string) {
    super(`${method} ${path}: ${status} ${body.slice(0, 500)}`);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The lab's own small client: JSON over a few kept connections, straight to the API server, past the fault proxy. */
export class KubeClient {
  readonly #pool: Pool;
  readonly #token: string;

  constructor(server: string, authority: string, token: string) {
    this.#pool = new Pool(server, { connections: 4, connect: { ca: authority } });
    this.#token = token;
  }

  /** @throws ApiError, or v.ValiError when the answer is not of the schema. */
  async get<const S extends v.GenericSchema>(path: string, schema: S): Promise<v.InferOutput<S>> {
    return v.parse(schema, await this.#request('GET', path));
  }

  /** The items of a collection. */
  async list<const S extends v.GenericSchema>(path: string, item: S): Promise<v.InferOutput<S>[]> {
    const { items } = v.parse(v.object({ items: v.array(v.unknown()) }), await this.#request('GET', path));
    return items.map((each) => v.parse(item, each));
  }

  mergePatch(path: string, patch: unknown): Promise<unknown> {
    return this.#request('PATCH', path, patch, 'application/merge-patch+json');
  }

  remove(path: string): Promise<unknown> {
    return this.#request('DELETE', path);
  }

  /** Removes what may be there and waits for its end: what has a finalizer is held on to for a while. */
  async removeWholly(path: string): Promise<void> {
    await this.remove(path).catch(tolerateAbsent);
    await until(`${path} is gone`, () => this.#request('GET', path).then(() => false, tolerateAbsent));
  }

  create(object: Manifest): Promise<unknown> {
    return this.#request('POST', collectionOf(object), object);
  }

  /** Creates as soon as the server knows the kind: a definition made a moment ago takes a while to be served. */
  async createWhenServed(object: Manifest): Promise<void> {
    await until(`${object.kind} is served`, async () => {
      await this.create(object).catch(toleratePresent);
      return true;
    });
  }

  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #request(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown, type = 'application/json') {
    const answer = await this.#pool.request({
      method,
      path,
      headers: { authorization: `Bearer ${this.#token}`, accept: 'application/json', 'content-type': type },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300) throw new ApiError(method, path, answer.statusCode, text);
    return text.startsWith('{') ? (JSON.parse(text) as unknown) : text;
  }
}

function toleratePresent(error: unknown): void {
  if (!(error instanceof ApiError && error.status === 409)) throw error;
}

function tolerateAbsent(error: unknown): true {
  if (error instanceof ApiError && error.status === 404) return true;
  throw error;
}

/** `/apis/apps/v1/namespaces/x/deployments` of such an object. */
function collectionOf({ apiVersion, kind, metadata }: Manifest): string {
  const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = metadata.namespace === undefined ? '' : `/namespaces/${metadata.namespace}`;
  return `${root}${scope}/${plural(kind)}`;
}

function plural(kind: string): string {
  const lower = kind.toLowerCase();
  if (lower.endsWith('chaos') || lower.endsWith('logs')) return lower;
  return lower.endsWith('s') ? `${lower}es` : `${lower}s`;
}
