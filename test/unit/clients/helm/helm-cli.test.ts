import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '../../../../src/core/errors.ts';
import { eventually } from '../../../support/eventually.ts';
import { thrown } from '../../../support/github/route-world.ts';
import { aHelm } from '../../../support/helm.ts';

const { signal } = new AbortController();
const what = {
  kubeconfig: '{"kind":"Config"}',
  context: 'prod seoul',
  namespace: 'sock-shop',
  release: 'front-end',
  revision: 3,
};

describe("the user's own Helm", () => {
  let folder: string;
  let before: string | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fake-helm-'));
    before = process.env['TMPDIR'];
    process.env['TMPDIR'] = folder;
  });
  afterEach(async () => {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
    await rm(folder, { recursive: true });
  });

  /** A program that does what the lines say; `$out` is a folder of the test's own. */
  async function helm(script: string, env: NodeJS.ProcessEnv = process.env, patienceMs?: number) {
    const path = join(folder, 'helm');
    await writeFile(path, `#!/bin/sh\nout='${folder}'\n${script}\n`);
    await chmod(path, 0o755);
    return aHelm(path, env, patienceMs);
  }
  const said = (name: string) => readFile(join(folder, name), 'utf8');
  const leftovers = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('jarvis-helm-'));

  for (const version of ['v3.21.4', 'v4.2.4', '3.19.0'])
    it(`knows ${version}`, async () => {
      assert.equal(await (await helm(`echo ${version}`)).version(signal), version);
    });

  it('is the one of the PATH where the setting is empty', async () => {
    await helm('echo v4.2.4');
    const env = { ...process.env, PATH: `${folder}:${process.env['PATH'] ?? ''}` };
    assert.equal(await aHelm(' ', env).version(signal), 'v4.2.4');
  });

  it('knows no other, and says what was found', async () => {
    const error = await thrown((await helm('echo v2.17.0')).version(signal));
    assert.equal(error.code, 'helm.unsupported');
    assert.match(error.message, /v2\.17\.0/);
    const hostile = await thrown((await helm('printf "\\033[31mno\\nHelm"')).version(signal));
    assert.match(hostile.message, / is "\uFFFD\[31mno\uFFFDHelm";/);
  });

  it('says where to get it where there is none', async () => {
    const error = await thrown(aHelm('/nowhere/helm').version(signal));
    assert.equal(error.code, 'helm.missing');
    assert.deepEqual(
      error.remedies.map(({ kind }) => kind),
      ['openSetting', 'openUrl', 'retry'],
    );
    assert.equal((await thrown(aHelm('/nowhere/helm').rollback(what))).code, 'helm.missing');
    assert.deepEqual(await leftovers(), []);
  });

  it('is not waited for longer than a question takes', async () => {
    const error = await thrown((await helm('exec sleep 60', process.env, 50)).version(signal));
    assert.deepEqual([error.code, error.message], ['helm.failed', `${folder}/helm has not answered for 0.05 s.`]);
  });

  it('is told everything, each as one argument, with a kubeconfig that only this user may read', async () => {
    const work = await (
      await helm('printf "%s\\n" "$@" > "$out/args"; cp "$3" "$out/config"; stat -c %a "$3" > "$out/mode"')
    ).rollback({ ...what, release: '-x; rm', namespace: '$(id)' });
    await work.done;
    const args = (await said('args')).trimEnd().split('\n');
    const [rollback, flag, kubeconfig, ...rest] = args;
    assert.deepEqual([rollback, flag], ['rollback', '--kubeconfig']);
    assert.deepEqual(rest, [
      ...['--kube-context', 'prod seoul', '--namespace', '$(id)'],
      ...['--timeout', '5m', '--debug', '--', '-x; rm', '3'],
    ]);
    assert.deepEqual([await said('config'), await said('mode')], [what.kubeconfig, '600\n']);
    await assert.rejects(readFile(kubeconfig ?? '', 'utf8'), { code: 'ENOENT' });
  });

  it('is not led elsewhere by the environment', async () => {
    const leading = { HELM_KUBEAPISERVER: 'https://other', HELM_KUBECONTEXT: 'other', HELM_NAMESPACE: 'other' };
    const kept = { HELM_DATA_HOME: '/data', HELM_MAX_HISTORY: '30' };
    const env = { ...process.env, ...leading, ...kept, HELM_DRIVER: 'sql', KUBECONFIG: '/other' };
    const work = await (await helm('env | grep -E "^(HELM_|KUBECONFIG)" | sort > "$out/env"', env)).rollback(what);
    await work.done;
    assert.equal(await said('env'), 'HELM_DATA_HOME=/data\nHELM_MAX_HISTORY=30\n');
  });

  it('tells what it says while it works, as harmless lines', async () => {
    const work = await (
      await helm('printf "one\\n\\033[31mtwo\\n" >&2; until [ -e "$out/go" ]; do sleep 0.02; done; echo done')
    ).rollback(what);
    await eventually(
      () => work.said,
      (lines) => lines.length === 2,
    );
    assert.deepEqual(work.said, ['one', '\uFFFD[31mtwo']);
    await writeFile(join(folder, 'go'), '');
    await work.done;
    assert.equal(work.said.at(-1), 'done');
  });

  it('says why it failed, in its own last words', async () => {
    const work = await (await helm('echo "step"; echo "Error: release has no 9 version" >&2; exit 1')).rollback(what);
    const error = await thrown(work.done);
    assert.deepEqual([error.code, error.message], ['helm.failed', 'helm rollback failed: release has no 9 version']);
  });

  it('says that it gave no reason where it gave none', async () => {
    const work = await (await helm('exit 1')).rollback(what);
    assert.equal((await thrown(work.done)).message, 'helm rollback failed: it gave no reason');
  });

  it('may say more than anybody reads', async () => {
    const long = 'head -c 300000 /dev/zero | tr "\\0" x; echo; echo "Error: no room" >&2; exit 1';
    const work = await (await helm(long)).rollback(what);
    assert.equal((await thrown(work.done)).message, 'helm rollback failed: no room');
    assert.deepEqual(
      work.said.map(({ length }) => length),
      [500, 14],
    );
  });

  it('removes what a window that died left an hour ago, and nothing that may be in use', async () => {
    const [left, used] = [join(folder, 'jarvis-helm-left'), join(folder, 'jarvis-helm-used')];
    for (const made of [left, used]) {
      await mkdir(made);
      await writeFile(join(made, 'kubeconfig'), what.kubeconfig);
    }
    const longAgo = Date.now() / 1000 - 2 * 60 * 60;
    await utimes(left, longAgo, longAgo);
    await (
      await (await helm('exit 0')).rollback(what)
    ).done;
    assert.deepEqual(await leftovers(), ['jarvis-helm-used']);
  });

  it('is stopped with whatever a script before it has started', async () => {
    const real =
      'trap "touch $0; exit 130" INT; echo begun; n=0; while [ $n -lt 200 ]; do n=$((n+1)); sleep 0.05; done';
    const work = await (await helm(`sh -c '${real}' "$out/stopped"; exit $?`)).rollback(what);
    await eventually(
      () => work.said,
      (lines) => lines.length > 0,
    );
    work.stop();
    await assert.rejects(work.done, CancelledError);
    await eventually(
      () => readdir(folder),
      (names) => names.includes('stopped'),
    );
  });

  it('is stopped, which is no failure, and leaves no file behind', async () => {
    const work = await (await helm('echo begun; exec sleep 60')).rollback(what);
    await eventually(
      () => work.said,
      (lines) => lines.length > 0,
    );
    work.stop();
    await assert.rejects(work.done, CancelledError);
    assert.deepEqual(await leftovers(), []);
  });
});
