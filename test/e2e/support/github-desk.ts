import * as v from 'valibot';
import type { Lab } from '../../lab/lab.ts';
import type { LabGithub } from '../../lab/github/start-lab-github.ts';
import { ActionPage } from './action-page.ts';
import { startAtLab } from './lab.ts';
import { UserData } from './user-data.ts';
import type { Workbench } from './workbench.ts';

const namespace = 'desk';
/** What the HPAs have before anybody acts. */
export const maxBefore = 10;

/**
 * VS Code signed in to the lab's GitHub, and HPAs (1 to 10 replicas) to act on: for everything that can go wrong between
 * the two. Plans lower the maximum, since that is verified by the field alone.
 */
export class GithubDesk {
  readonly workbench: Workbench;
  readonly github: LabGithub;
  readonly #lab: Lab;
  readonly #userData: UserData;

  private constructor(lab: Lab, github: LabGithub, workbench: Workbench, userData: UserData) {
    this.#lab = lab;
    this.github = github;
    this.workbench = workbench;
    this.#userData = userData;
  }

  static async open(hpas: readonly string[]): Promise<GithubDesk> {
    const userData = await UserData.make();
    const furnish = async (lab: Lab) => {
      await makeHpas(lab, hpas);
      return {};
    };
    const { lab, workbench } = await startAtLab({ parts: ['github'], userData: userData.folder, furnish });
    if (!lab.github) throw new Error('the lab has no GitHub');
    const desk = new GithubDesk(lab, lab.github, workbench, userData);
    try {
      await desk.signIn(desk.github.token);
      return desk;
    } catch (error) {
      await desk.close();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.workbench.close();
    await this.#lab.close();
    await this.#userData.remove();
  }

  /** Answers "Sign in to GitHub…" with the token. */
  async signIn(token: string): Promise<void> {
    await this.workbench.runCommand('Jarvis: Sign in to GitHub…');
    await this.workbench.enter(/Sign in to/, token);
  }

  /** Changes settings, and waits until VS Code has taken them. */
  set(settings: Record<string, unknown>): Promise<void> {
    return this.#userData.set(settings, this.workbench.page);
  }

  use(workflow: string): Promise<void> {
    return this.set({ 'jarvis.remediation.workflows': { scaleHpa: workflow } });
  }

  /** "Scale HPA…" from the palette, up to where the plan is made or what keeps it from being made is said. */
  async ask(hpa: string, maxReplicas: number): Promise<void> {
    await this.workbench.runCommand('Jarvis: Scale HPA…');
    await this.choose(hpa, maxReplicas);
  }

  /** What the command asks. */
  async choose(hpa: string, maxReplicas: number): Promise<void> {
    await this.workbench.pick(hpa);
    await this.workbench.enter(`Scale HPA ${hpa}`, String(maxReplicas));
  }

  async plan(hpa: string, maxReplicas: number): Promise<ActionPage> {
    await this.ask(hpa, maxReplicas);
    return this.page(hpa, maxReplicas);
  }

  page(hpa: string, maxReplicas: number): Promise<ActionPage> {
    return ActionPage.find(this.workbench, `Scale HPA ${hpa} to at most ${maxReplicas} replicas`);
  }

  /** `spec.maxReplicas` on the server. */
  async maxReplicas(hpa: string): Promise<number> {
    return Number(await this.#lab.kubectl('get', 'hpa', hpa, '-n', namespace, '-o', 'jsonpath={.spec.maxReplicas}'));
  }

  /** What a colleague does on GitHub's own pages. @returns the answer's body */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const { apiUrl, repository, token } = this.github;
    const response = await fetch(`${apiUrl}/repos/${repository}/actions/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  }

  /** Ids of all runs that were ever dispatched, newest first. */
  async runs(): Promise<readonly number[]> {
    const { workflow_runs } = v.parse(runList, await this.call('GET', 'runs?per_page=100'));
    return workflow_runs.map(({ id }) => id);
  }
}

const runList = v.object({ workflow_runs: v.array(v.object({ id: v.number() })) });

async function makeHpas(lab: Lab, names: readonly string[]): Promise<void> {
  await lab.kubectl('create', 'namespace', namespace);
  const one = async (name: string) => {
    await lab.kubectl('create', 'deployment', name, '--image', `${name}:1`, '-n', namespace);
    await lab.kubectl('autoscale', 'deployment', name, '--min', '1', '--max', String(maxBefore), '-n', namespace);
  };
  await Promise.all(names.map(one));
}
