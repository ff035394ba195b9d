import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { kubectlShell } from '../../../src/domain/kubernetes/kubectl.ts';
import type { ObjectRef } from '../../../src/domain/kubernetes/object-ref.ts';
import type { World } from '../weather/world.ts';
import type { Harbour } from './harbour.ts';

interface Ended {
  readonly said: string;
  readonly complained: string;
  readonly code: number;
}

/** The command line of a terminal in a container, as the real kubectl takes it. */
export function shells(world: () => World, harbour: () => Harbour): void {
  let pod: ObjectRef;

  before(async () => {
    const { ref } = await world().open();
    pod = await harbour().pod(ref, 'shelly');
  });

  /** As VS Code starts it: an argument array, the kubeconfig in the environment. Without a terminal, kubectl goes on. */
  async function kubectl(args: readonly string[], typed: string, kubeconfig: string): Promise<Ended> {
    const { PATH, HOME } = process.env;
    const env = { PATH, HOME, KUBECONFIG: kubeconfig };
    const child = spawn(join(world().lab.description.bin, 'kubectl'), args, { env });
    child.stdin.on('error', () => undefined); // it may end before it has read
    child.stdin.end(typed);
    const ended = once(child, 'close') as Promise<[number]>;
    const [said, complained, [code]] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { said, complained, code };
  }

  it('opens a shell in the pod and the container that are meant; how it ended comes back', async () => {
    const { kubeconfig } = world().lab.description;
    for (const container of ['web', 'proxy']) {
      const typed = 'echo "in $CONTAINER by $BASH"; exit 7\n';
      const { said, complained } = await kubectl(kubectlShell(pod, container), typed, kubeconfig);
      assert.equal(said, `in shelly/${container} by /bin/bash\n`);
      // kwok does not hand it on as a code
      assert.match(complained, /exit status 7/);
    }
  });

  it('is refused to a reader in the words of the server', async () => {
    const { viewerKubeconfig } = world().lab.description;
    const { said, complained, code } = await kubectl(kubectlShell(pod, 'web'), 'echo in\n', viewerKubeconfig);
    assert.match(complained, /pods "shelly" is forbidden: User "viewer" cannot (get|create) resource "pods\/exec"/);
    assert.deepEqual([said, code], ['', 1]);
  });

  it('never takes a name for an option or another pod', async () => {
    const { kubeconfig } = world().lab.description;
    for (const name of ['--help', '-nkube-system', 'shelly; echo in', '../shelly']) {
      const { said, complained, code } = await kubectl(kubectlShell({ ...pod, name }, 'web'), 'echo in\n', kubeconfig);
      assert.deepEqual([said, code], ['', 1], name);
      assert.match(complained, /not found|slash|invalid/i);
    }
  });
}
