import assert from 'node:assert/strict';
import { CancelledError, JarvisError } from '../../../src/core/errors.ts';
import { silentLogger } from '../../../src/core/log.ts';
import { CommandRunner } from '../../../src/ui/command-runner.ts';

describe('a command', () => {
  let shown: { readonly error: JarvisError; readonly retry: () => void }[];
  let logged: string[];
  let runner: CommandRunner;
  const known = new JarvisError({ code: 'kube.forbidden', message: 'You may not.' });

  beforeEach(() => {
    shown = [];
    logged = [];
    const log = { ...silentLogger, error: (message: string) => logged.push(message) };
    runner = new CommandRunner({ log, show: (error, retry) => shown.push({ error, retry }) });
  });

  it('shows and logs its error once', async () => {
    await runner.run('jarvis.refresh', () => Promise.reject(known));
    assert.deepEqual(
      shown.map(({ error }) => error),
      [known],
    );
    assert.deepEqual(logged, ['jarvis.refresh: kube.forbidden You may not.']);
  });

  it('shows what nobody foresaw with a way to the log', async () => {
    await runner.run('jarvis.refresh', () => {
      throw new TypeError('x is undefined');
    });
    assert.deepEqual(
      shown[0]?.error.remedies.map(({ kind }) => kind),
      ['retry', 'openLog'],
    );
  });

  it('says nothing when it was cancelled', async () => {
    await runner.run('jarvis.refresh', () => Promise.reject(new CancelledError()));
    await runner.run('jarvis.refresh', () => Promise.reject(new DOMException('', 'AbortError')));
    assert.deepEqual([shown, logged], [[], []]);
  });

  it('runs again when the person tries again', async () => {
    let calls = 0;
    await runner.run('jarvis.refresh', () => {
      calls++;
      throw known;
    });
    shown[0]?.retry();
    assert.equal(calls, 2);
  });

  it('runs once at a time where asked, and again afterwards', async () => {
    let calls = 0;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const work = () => {
      calls++;
      return promise;
    };
    const first = runner.run('jarvis.undo', work, { single: true });
    await runner.run('jarvis.undo', work, { single: true });
    assert.equal(calls, 1);
    resolve(undefined);
    await first;
    await runner.run('jarvis.undo', work, { single: true });
    assert.equal(calls, 2);
  });
});
