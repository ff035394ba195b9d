import { notFound } from './answers.ts';
import { type RepositorySource, workflowFolder } from './repository.ts';

export interface Workflow {
  readonly id: number;
  readonly path: string;
  state: 'active' | 'disabled_manually';
  runs: number;
}

/** The workflows that the default branch has; each keeps its id for ever. */
export class Workflows {
  readonly #source: RepositorySource;
  readonly #known = new Map<string, Workflow>();

  constructor(source: RepositorySource) {
    this.#source = source;
  }

  async list(): Promise<readonly Workflow[]> {
    const head = await this.#source.resolve(this.#source.defaultBranch);
    const paths = head ? await this.#source.list(head.commit.sha, workflowFolder) : [];
    return paths.filter((path) => /\.ya?ml$/.test(path)).map((path) => this.#entry(path));
  }

  /** By id or file name. @throws ApiError 404 */
  async get(idOrName: string): Promise<Workflow> {
    const found = (await this.list()).find(
      ({ id, path }) => String(id) === idOrName || path === `${workflowFolder}/${idOrName}`,
    );
    if (!found) throw notFound('https://docs.github.com/rest/actions/workflows#get-a-workflow');
    return found;
  }

  #entry(path: string): Workflow {
    const known = this.#known.get(path);
    if (known) return known;
    const entry: Workflow = { id: 160_000_001 + this.#known.size, path, state: 'active', runs: 0 };
    this.#known.set(path, entry);
    return entry;
  }
}
