import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { type ErrorCode, JarvisError, type Remedy, isCancelled } from '../../src/core/errors.ts';
import { silentLogger } from '../../src/core/log.ts';
import type { AccessQuery } from '../../src/domain/kubernetes/cluster.ts';
import type { ClusterRef } from '../../src/domain/kubernetes/model.ts';
import { compare } from '../../src/domain/set-up/compare.ts';
import { write } from '../../src/domain/set-up/write.ts';
import { checkSetUp } from '../../src/features/set-up/check.ts';
import { setUpRemediation } from '../../src/features/set-up/set-up.ts';
import { TeamFolder } from '../../src/features/set-up/team-folder.ts';
import { folderToWriteTo } from '../../src/features/set-up/workspace.ts';
import { FakeCluster, clustersOf } from '../support/builders/kubernetes.ts';
import { eventually } from '../support/eventually.ts';
import { replaced } from '../support/replaced.ts';

const files = [
  { path: 'same.yml', text: 'a: 1\nb: 2\n' },
  { path: 'deep/new.yml', text: 'new\n' },
  { path: 'ours.yml', text: 'theirs\n' },
];

describe('the files of a set-up in VS Code', () => {
  let folder: string;
  let place: TeamFolder;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'jarvis-set-up-'));
    place = new TeamFolder(vscode.Uri.file(folder));
    await writeFile(join(folder, 'same.yml'), 'a: 1\r\nb: 2\r\n');
    await writeFile(join(folder, 'ours.yml'), 'ours\n');
  });
  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await rm(folder, { recursive: true });
  });
  const unlike = async (at = place) => (await compare(files, at)).filter(({ is }) => is !== 'same');
  const read = (file: string) => readFile(join(folder, file), 'utf8').catch(() => undefined);

  it('are written with their folders', async () => {
    await write(await unlike(), place);
    assert.deepEqual([await read('deep/new.yml'), await read('ours.yml')], ['new\n', 'theirs\n']);
    assert.deepEqual(await unlike(), []);
  });

  it('are not written, not one, where a file has changed since it was shown', async () => {
    const seen = await unlike();
    await writeFile(join(folder, 'ours.yml'), 'ours, newer\n');
    await assert.rejects(write(seen, place), { code: 'setUp.changedSince' });
    assert.deepEqual([await read('deep/new.yml'), await read('ours.yml')], [undefined, 'ours, newer\n']);
  });

  it('are not written over what an editor has not saved', async () => {
    const document = await vscode.workspace.openTextDocument(join(folder, 'ours.yml'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), 'unsaved ');
    await vscode.workspace.applyEdit(edit);
    const seen = await unlike();
    assert.equal(seen.find(({ path }) => path === 'ours.yml')?.there, 'unsaved ours\n');
    await assert.rejects(write(seen, place), { code: 'setUp.unsaved' });
    assert.deepEqual([await read('deep/new.yml'), await read('ours.yml')], [undefined, 'ours\n']);
    await document.save();
  });

  it('say where a remote file system takes them no further', async () => {
    const remote = vscode.workspace.registerFileSystemProvider('jarvis-remote', new Remote(['/ours.yml']));
    try {
      const far = new TeamFolder(vscode.Uri.parse('jarvis-remote:/'));
      const refused = { code: 'setUp.notWritten', message: /^ours\.yml .*: same\.yml, deep\/new\.yml\.$/ };
      await assert.rejects(write(await unlike(far), far), refused);
    } finally {
      remote.dispose();
    }
  });
});

describe('the folder of a set-up', () => {
  const at = (...paths: string[]) =>
    paths.map((path, index) => ({ uri: vscode.Uri.parse(path), name: path, index }) satisfies vscode.WorkspaceFolder);
  const chosen = (workspaceFolders: vscode.WorkspaceFolder[] | undefined, isTrusted = true) =>
    folderToWriteTo({ workspaceFolders, isTrusted, fs: vscode.workspace.fs });

  it('is the one that is open, or the one that is chosen', async () => {
    assert.equal((await chosen(at('file:/a'))).name, 'file:/a');
    const asked = answering({ steps: 1, choose: (items) => items.slice(1) });
    try {
      assert.equal((await chosen(at('file:/a', 'file:/b'))).name, 'file:/b');
    } finally {
      asked.dispose();
    }
  });

  it('has a way out where there is none, none that is trusted, and none that can be written to', async () => {
    const locked = vscode.workspace.registerFileSystemProvider('jarvis-locked', new Remote([]), { isReadonly: true });
    const openFolder = [{ kind: 'openFolder' }];
    try {
      await assert.rejects(chosen(undefined), { code: 'setUp.noFolder', remedies: openFolder });
      const trust = { code: 'setUp.untrusted', remedies: [{ kind: 'trustWorkspace' }] };
      await assert.rejects(chosen(at('file:/a'), false), trust);
      // VS Code tells the extension host a little later
      const isWritable = () => Promise.resolve(vscode.workspace.fs.isWritableFileSystem('jarvis-locked'));
      await eventually(isWritable, (writable) => writable !== undefined);
      await assert.rejects(chosen(at('jarvis-locked:/a')), { code: 'setUp.readOnly', remedies: openFolder });
    } finally {
      locked.dispose();
    }
  });
});

describe('Set Up Remediation in VS Code', () => {
  const { uri: workspace } = vscode.workspace.workspaceFolders?.[0] ?? { uri: vscode.Uri.file('/nowhere') };
  const jarvis = vscode.extensions.all.find(({ packageJSON }) => (packageJSON as { name: string }).name === 'jarvis');
  const kept = new Map<string, unknown>();
  const services = {
    context: {
      extensionUri: jarvis?.extensionUri ?? workspace,
      workspaceState: {
        get: (key: string) => kept.get(key),
        update: (key: string, value: unknown) => Promise.resolve(void kept.set(key, value)),
      },
    },
    log: silentLogger,
    clusters: clustersOf(new FakeCluster({ context: 'prod', server: 'https://prod.example', cluster: 'prod-seoul' })),
    alarms: { scopes: [] },
    defaultRoute: () => 'github',
  } as unknown as Parameters<typeof setUpRemediation>[0];
  const written = async () => {
    const paths = await readdir(workspace.fsPath, { recursive: true });
    return paths.filter((path) => /^(\.github|deploy)\b.*\w\.\w+$/.test(path)).length;
  };
  const configuration = () => vscode.workspace.getConfiguration('jarvis.github');

  after(async () => {
    await configuration().update('repository', undefined, vscode.ConfigurationTarget.Workspace);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of ['.github', 'deploy']) await rm(join(workspace.fsPath, name), { recursive: true, force: true });
  });

  /** Routes, remedies, six answers, files, settings. */
  const questions = 10;

  it('writes nothing when it is cancelled, at whatever step', async () => {
    for (let steps = 0; steps < questions - 1; steps++) {
      const person = answering({ steps });
      try {
        await assert.rejects(setUpRemediation(services), isCancelled, `after ${steps} answers`);
        assert.equal(person.asked, steps + 1);
        assert.equal(await written(), 0, `after ${steps} answers`);
      } finally {
        person.dispose();
      }
    }
  });

  it('has written when only its settings are declined, and sets those that are wanted', async () => {
    const declining = answering({ steps: questions - 1 });
    await setUpRemediation(services);
    declining.dispose();
    const all = await written();
    assert.ok(all > 10, `${all} files`);
    assert.equal(configuration().get('repository'), '');

    // nothing is left to write, so nobody is asked which files
    const person = answering({ steps: questions - 1 });
    await setUpRemediation(services);
    person.dispose();
    assert.equal(person.asked, questions - 1);
    assert.equal(await written(), all);
    assert.equal(configuration().inspect('repository')?.workspaceValue, 'acme/ops');
  });
});

describe('Check Set-Up in VS Code', () => {
  const lacking = (code: ErrorCode, remedy: Remedy) =>
    Promise.reject(new JarvisError({ code, message: code, remedies: [remedy] }));
  const repository = { kind: 'openSetting', setting: 'jarvis.github.repository' } as const;
  const rows = async (route: 'github' | 'direct', contexts: readonly ClusterRef[]) => {
    const cluster = new FakeCluster({ context: 'prod', server: 'https://prod.example', cluster: 'prod-seoul' });
    const may = ({ verb }: AccessQuery) => Promise.resolve({ allowed: ['get', 'list', 'watch'].includes(verb) });
    const services = {
      context: { workspaceState: { get: () => undefined } },
      clusters: {
        ...clustersOf(Object.assign(cluster, { may })),
        contexts: { state: 'ready', value: contexts, at: 0 },
      },
      alarms: { scopes: [], refresh: () => Promise.resolve() },
      routes: () => Promise.resolve([{ id: 'github', prepare: () => lacking('github.notConfigured', repository) }]),
      signIn: () => Promise.resolve({ token: () => lacking('github.unauthorized', { kind: 'signInGitHub' }) }),
      defaultRoute: () => route,
    } as unknown as Parameters<typeof checkSetUp>[0];
    const person = answering({ steps: 0 });
    try {
      await assert.rejects(checkSetUp(services), isCancelled);
      return person.offered.map(({ label, description }) => `${label.replace(/^\$\([\w-]+\) /, '')}: ${description}`);
    } finally {
      person.dispose();
    }
  };

  it('has a way to mend each link where nothing is set', async () => {
    assert.deepEqual((await rows('github', [])).slice(0, 5), [
      'Sign-in to GitHub: missing → Sign in to GitHub',
      'Repository: missing → Open Setting',
      'Cluster: missing → Open Setting',
      'Alarms: missing → Open Setting',
      'Workflow of Scale HPA: not tested',
    ]);
  });

  it('asks of who acts directly no more than rights of their own, which they must have', async () => {
    const found = await rows('direct', [{ context: 'prod', server: 'https://prod.example', cluster: 'prod-seoul' }]);
    assert.deepEqual(
      found.filter((row) => !row.endsWith('in order')),
      [
        ...['Scale HPA', 'Restart Rollout', 'Helm Rollback', 'Switch Web ACL'].map(
          (remedy) => `Rights for ${remedy} in prod, all namespaces: missing → Set Up Remediation`,
        ),
        'Alarms: missing → Open Setting',
      ],
    );
  });
});

/** What a person types who is offered nothing. */
const answers = ['prod', 'ap-northeast-2', '123456789012', 'sock-shop', 'acme/ops', 'production'];

/** Takes what is offered, or chooses, in so many prompts; then cancels. */
function answering({ steps, choose }: { steps: number; choose?: (items: readonly Item[]) => readonly Item[] }) {
  const person = { asked: 0, offered: [] as readonly Item[] };
  let typed = 0;
  const prompts = {
    async showQuickPick(offered: readonly Item[] | Promise<readonly Item[]>, options: vscode.QuickPickOptions) {
      const items = await offered;
      person.offered = items;
      if (person.asked++ >= steps) return undefined;
      const chosen = choose ? choose(items) : options.canPickMany ? items.filter(({ picked }) => picked) : items;
      return options.canPickMany ? chosen : chosen[0];
    },
    async showInputBox(options: vscode.InputBoxOptions) {
      const answer = answers[typed++] ?? '';
      const text = options.value === undefined || options.value === '' ? answer : options.value;
      if (person.asked++ >= steps) return undefined;
      assert.equal(await options.validateInput?.(text), undefined, text);
      return text;
    },
  };
  return Object.assign(person, replaced(vscode.window, prompts as unknown as Partial<typeof vscode.window>));
}
type Item = vscode.QuickPickItem;

/** A file system somewhere else that does not take every file. */
class Remote implements vscode.FileSystemProvider {
  readonly #refused: readonly string[];
  readonly #files = new Map<string, Uint8Array>();
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;

  constructor(refused: readonly string[]) {
    this.#refused = refused;
  }

  watch = () => new vscode.Disposable(() => undefined);
  createDirectory = () => undefined;
  readDirectory = () => [];
  delete = () => undefined;
  rename = () => undefined;

  stat({ path }: vscode.Uri): vscode.FileStat {
    const type = this.#files.has(path) ? vscode.FileType.File : vscode.FileType.Directory;
    if (type === vscode.FileType.Directory && /\.\w+$/.test(path)) throw vscode.FileSystemError.FileNotFound(path);
    return { type, ctime: 0, mtime: 0, size: this.#files.get(path)?.length ?? 0 };
  }

  readFile({ path }: vscode.Uri): Uint8Array {
    const content = this.#files.get(path);
    if (!content) throw vscode.FileSystemError.FileNotFound(path);
    return content;
  }

  writeFile({ path }: vscode.Uri, content: Uint8Array): void {
    if (this.#refused.includes(path)) throw vscode.FileSystemError.NoPermissions(path);
    this.#files.set(path, content);
  }
}
