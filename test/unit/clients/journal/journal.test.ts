import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JarvisError } from '../../../../src/core/errors.ts';
import { type Logger, silentLogger } from '../../../../src/core/log.ts';
import { JournalFolder } from '../../../../src/clients/journal/journal-folder.ts';
import { type JournalEntry, planIdOf } from '../../../../src/domain/remediation/journal.ts';

function entry(planId: string, at = 1): JournalEntry {
  return { at, event: { type: 'sending', planId } };
}

describe('JournalFolder', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'jarvis-journal-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = (pid?: number, isAlive?: (pid: number) => boolean, log: Logger = silentLogger) =>
    new JournalFolder(folder, log, pid, isAlive);
  const ids = async (journal = open()) => (await journal.read()).map(({ event }) => planIdOf(event));
  const onlyFile = async () => {
    const [name] = (await readdir(folder)).filter((file) => file.endsWith('.jsonl'));
    assert.ok(name);
    return join(folder, name);
  };

  /** A journal of three entries, closed. */
  async function three(): Promise<string> {
    const journal = open();
    await Promise.all(['a', 'b', 'c'].map((id) => journal.append(entry(id))));
    await journal.close();
    return onlyFile();
  }

  it('reads back what was appended, in order, though appends overlap', async () => {
    await three();
    assert.deepEqual(await ids(), ['a', 'b', 'c']);
  });

  it('is empty where nothing was ever written', async () => {
    folder = join(folder, 'not-there');
    assert.deepEqual(await ids(), []);
  });

  it('merges the files of several windows by time', async () => {
    const [one, two] = [open(1), open(2)];
    await one.append(entry('first', 1));
    await two.append(entry('second', 2));
    await one.append(entry('third', 3));
    assert.deepEqual(await ids(), ['first', 'second', 'third']);
    await Promise.all([one.close(), two.close()]);
  });

  for (const cut of [1, 10, 60]) {
    it(`recovers a last line torn ${cut} bytes before its end, and loses nothing before it`, async () => {
      const path = await three();
      const bytes = await readFile(path);
      await writeFile(path, bytes.subarray(0, bytes.length - cut));
      assert.deepEqual(await ids(), ['a', 'b']);
    });
  }

  it('tells of a torn line only where its window has gone: one that lives may be writing it', async () => {
    const path = await three();
    await writeFile(path, (await readFile(path)).subarray(0, -10));
    const told: string[] = [];
    const log = { ...silentLogger, info: (message: string) => told.push(message) };
    await open(1, () => true, log).read();
    assert.deepEqual(told, []);
    await open(1, () => false, log).read();
    assert.match(told.join('\n'), /torn by a crash/);
  });

  it('notices a line that somebody changed, says so in the log, and trusts nothing after it', async () => {
    const path = await three();
    await writeFile(path, (await readFile(path, 'utf8')).replace('"planId":"b"', '"planId":"x"'));
    const told: string[] = [];
    const log = { ...silentLogger, error: (message: string) => told.push(message) };
    assert.deepEqual(await ids(open(undefined, undefined, log)), ['a']);
    assert.match(told.join('\n'), /line 2 does not fit its hash/);
  });

  it('trusts no line that somebody added', async () => {
    const path = await three();
    const [first] = (await readFile(path, 'utf8')).split('\n');
    await appendFile(path, `${first ?? ''}\n`);
    assert.deepEqual(await ids(), ['a', 'b', 'c']);
  });

  it('says that it cannot write, with the folder and a way out', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const journal = new JournalFolder(join(file, 'below'), silentLogger);
    await assert.rejects(journal.append(entry('a')), (error: unknown) => {
      assert.ok(error instanceof JarvisError);
      assert.equal(error.code, 'journal.unwritable');
      assert.deepEqual(
        error.remedies.map(({ kind }) => kind),
        ['retry', 'openLog'],
      );
      return true;
    });
  });

  describe('claim', () => {
    it('is refused while the window that owns the plan lives, and given once after it has gone', async () => {
      const owner = open(4242);
      await owner.append(entry('plan'));
      await owner.close();
      const alive = open(process.pid, (pid) => pid === 4242);
      assert.equal(await alive.claim('plan'), false);
      const gone = (pid: number) => pid !== 4242;
      const [one, other] = [open(process.pid, gone), open(process.pid, gone)];
      assert.deepEqual([await one.claim('plan'), await other.claim('plan')], [true, false]);
      assert.deepEqual(
        await Promise.all([one.claim('plan'), one.claim('plan')]),
        [true, true],
        'the window that has it keeps it',
      );
      assert.deepEqual(await Promise.all([one.claim('next'), one.claim('next')]), [true, true]);
    });

    it('says that it cannot write where the folder takes nothing', async () => {
      const gone = new JournalFolder(join(folder, 'not-there'), silentLogger);
      await assert.rejects(gone.claim('plan'), { code: 'journal.unwritable' });
    });

    it('of a window that has died since goes to one of those who ask at once, each time', async () => {
      const dead = new Set([1]);
      const windows = [2, 3, 4, 5, 6].map((pid) => open(pid, (other) => !dead.has(other)));
      for (let round = 0; round < 40; round++) {
        const planId = `plan-${round}`;
        dead.clear();
        assert.equal(await open(1).claim(planId), true);
        dead.add(1);
        const claims = await Promise.all(windows.map((window) => window.claim(planId)));
        assert.deepEqual(claims.filter(Boolean), [true], `round ${round}`);
      }
    });
  });

  it('on a full disk refuses the entry, says why, and keeps the file whole for the entries before it', async function () {
    this.timeout(30_000);
    // The limit on a file's size makes write(2) take a part of the line and then fail, as a full disk does.
    const limited = 'ulimit -f 4; exec "$0" "$@"';
    const lines = await outputOf('bash', ['-c', limited, process.execPath, writer, folder, 'full']);
    const kept = lines.filter((line) => line.startsWith('+')).map((line) => line.slice(1));
    const refused = lines.filter((line) => line.startsWith('-'));
    assert.ok(kept.length > 0);
    assert.equal(refused.length, 3);
    for (const message of refused) assert.match(message, /cannot be written.*disk is full/);
    assert.deepEqual(await ids(), kept);
    assert.ok((await readFile(await onlyFile(), 'utf8')).endsWith('}\n'), 'no torn line is left behind');
  });

  it('loses no acknowledged entry in 200 kills at random moments', async function () {
    this.timeout(180_000);
    let acknowledged = 0;
    const killOnce = async (run: number) => {
      const target = join(folder, `kill-${run}`);
      const known = await acknowledgedBeforeKill(target, run);
      const kept = new Set((await new JournalFolder(target, silentLogger).read()).map(({ event }) => planIdOf(event)));
      for (const id of known) assert.ok(kept.has(id), `${id} was acknowledged and is lost`);
      acknowledged += known.length;
    };
    const workers = [0, 1, 2, 3].map(async (worker) => {
      for (let run = worker; run < 200; run += 4) await killOnce(run);
    });
    await Promise.all(workers);
    assert.ok(acknowledged > 200, `only ${acknowledged} entries were acknowledged before the kills`);
  });
});

const writer = join(import.meta.dirname, '../../../support/journal-writer-process.ts');

/** Starts the writer, kills it some time after its first acknowledgement, and returns all that it acknowledged. */
async function acknowledgedBeforeKill(folder: string, run: number): Promise<string[]> {
  const lines = await outputOf(process.execPath, [writer, folder, String(run)], (kill) => {
    setTimeout(kill, Math.random() * 20);
  });
  return lines.map((line) => line.slice(1));
}

/** The whole lines that a process printed until its end; what follows the last newline was cut by a kill. */
function outputOf(command: string, args: readonly string[], onFirst?: (kill: () => void) => void): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.once('data', () => onFirst?.(() => child.kill('SIGKILL')));
    child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
    child.on('error', reject);
    child.on('close', () => resolve(text.split('\n').slice(0, -1)));
  });
}
