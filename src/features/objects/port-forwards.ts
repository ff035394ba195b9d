import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { valueOf } from '../../core/loadable.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { ForwardedPorts, PortForward } from '../../domain/kubernetes/port-forward.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { ContextKey } from '../../ui/context-keys.ts';
import { showError } from '../../ui/errors.ts';
import type { Memory } from '../../ui/memory.ts';
import { notice } from '../../ui/notice.ts';
import { openUrl } from '../../ui/open-url.ts';
import { patiently } from '../../ui/patiently.ts';
import { inNotice } from '../../ui/plain-text.ts';
import { pick } from '../../ui/prompts.ts';
import { askPorts } from './ask-ports.ts';
import { forwardInWords, inWords } from './in-words.ts';
import { type KeptForward, readKept } from './kept-forwards.ts';
import { targetOf } from './target-pod.ts';

type ForwardServices = Pick<Services, 'clusters' | 'clock' | 'context'>;

/** A forward that runs: what was asked for, and the pod that it found. */
interface Running extends KeptForward, Disposable {
  readonly pod: ObjectRef;
  /** Ends it as the window does; disposing ends it for good. */
  close(): void;
}

/** One notice for all that fails within this time: a browser tries again and again. */
const quietMs = 30_000;

/**
 * The ports of this machine that lead to pods: counted in the status bar, stopped from there. They end with the window;
 * the next one says which, and offers them again.
 */
export class PortForwards implements Disposable {
  readonly #services: ForwardServices;
  readonly #running = new Set<Running>();
  readonly #isRunning = new ContextKey('jarvis.portForwards.running');
  readonly #item = vscode.window.createStatusBarItem('jarvis.portForwards', vscode.StatusBarAlignment.Left);

  /** They ended with the window before, and nobody has said yet what is to become of them. */
  #ended: readonly KeptForward[];

  constructor(services: ForwardServices) {
    this.#services = services;
    this.#ended = readKept(services.context.workspaceState);
    this.#item.name = t('Jarvis: Port Forwards');
    this.#item.command = 'jarvis.stopPortForward';
  }

  /** Asks for the ports unless they are given. @throws JarvisError, CancelledError */
  async start(object: ObjectRef, given?: ForwardedPorts): Promise<void> {
    const cluster = this.#services.clusters.cluster(object.cluster);
    const title = t('Looking for {0}', inWords(object));
    const target = await patiently(title, (signal) => targetOf(cluster, object, signal));
    const asked = given ?? (await askPorts(object, target));
    const remote = target.ports.find((offered) => offered.port === asked.remote)?.target ?? asked.remote;
    const forward = await patiently(title, (signal) => cluster.forward(target.pod, { ...asked, remote }, signal));
    const ports = { local: forward.localPort, remote: asked.remote };
    void tellStarted(this.#add({ object, ports }, target.pod, forward));
  }

  /** Asks which one. @throws CancelledError */
  async stop(): Promise<void> {
    const all = [...this.#running];
    const choices = all.map((running) => ({
      label: forwardInWords(running.ports, running.pod),
      description: inWords(running.object),
      value: [running],
    }));
    const together = all.length > 1 ? [{ label: t('All of them'), value: all }] : [];
    const chosen = await pick([...choices, ...together], { title: t('Stop which port forward?') });
    for (const running of chosen) running.dispose();
  }

  /** What has ended with the window before, if anything has. Resolves when it was answered. */
  async tellEnded(): Promise<void> {
    const ended = this.#ended;
    if (ended.length === 0) return;
    const places = ended.map(({ object, ports }) => inNotice(forwardInWords(ports, object)));
    const told = t('Port forwards end with their window. These ran: {0}', places.join(', '));
    const chosen = await notice('information', told, [{ title: t('Forward Again') }]);
    this.#ended = [];
    this.#changed();
    if (chosen) for (const { object, ports } of ended) await executeCommand('jarvis.portForward', { object, ports });
  }

  /** What runs stays in the workspace's memory: it ends with the window. */
  dispose(): void {
    for (const running of this.#running) running.close();
    this.#item.dispose();
  }

  #add(kept: KeptForward, pod: ObjectRef, forward: PortForward): Running {
    const owned = new DisposableStore();
    const running: Running = {
      ...kept,
      pod,
      close: () => owned.dispose(),
      dispose: () => {
        owned.dispose();
        this.#running.delete(running);
        this.#changed();
      },
    };
    owned.add(forward);
    owned.add(forward.onDidFail(this.#teller()));
    this.#endWithPod(running, owned);
    this.#running.add(running);
    this.#changed();
    return running;
  }

  #endWithPod(running: Running, owned: DisposableStore): void {
    const { pod } = running;
    const { store } = owned.add(this.#services.clusters.cluster(pod.cluster).follow(pod));
    owned.add(
      store.onDidChange(() => {
        if (store.objects.state !== 'ready' || valueOf(store.objects)?.has(pod.uid)) return;
        running.dispose();
        void tellGone(running);
      }),
    );
  }

  /** Shows a failure, and not the ones right after it. */
  #teller(): (error: JarvisError) => void {
    let toldAt = -Infinity;
    return (error) => {
      const now = this.#services.clock.now();
      if (now - toldAt < quietMs) return;
      toldAt = now;
      void showError(error);
    };
  }

  #changed(): void {
    const all = [...this.#running];
    const kept = [...all, ...this.#ended].map(({ object, ports }): KeptForward => ({ object, ports }));
    const memory: Memory = this.#services.context.workspaceState;
    void memory.update('jarvis.portForwards', kept.length > 0 ? kept : undefined);
    this.#isRunning.set(all.length > 0);
    this.#item.text = `$(plug) ${all.length}`;
    this.#item.tooltip = [
      t('Forwarded ports. Click to stop one.'),
      ...all.map(({ ports, pod }) => forwardInWords(ports, pod)),
    ].join('\n');
    if (all.length > 0) this.#item.show();
    else this.#item.hide();
  }
}

async function tellStarted(running: Running): Promise<void> {
  const { ports, pod } = running;
  const address = `http://127.0.0.1:${ports.local}`;
  const told = t('127.0.0.1:{0} leads to port {1} of {2}.', ports.local, ports.remote, inNotice(pod.name));
  const [browse, copy, stop] = [t('Open in Browser'), t('Copy Address'), t('Stop')];
  const chosen = await notice('information', told, [{ title: browse }, { title: copy }, { title: stop }]);
  if (chosen?.title === browse) await openUrl(address);
  if (chosen?.title === copy) await vscode.env.clipboard.writeText(address);
  if (chosen?.title === stop) running.dispose();
}

async function tellGone({ object, pod, ports }: Running): Promise<void> {
  const told = t('Pod {0} is gone: 127.0.0.1:{1} leads nowhere any more.', inNotice(pod.name), ports.local);
  const chosen = await notice('warning', told, [{ title: t('Forward Again') }]);
  if (chosen) await executeCommand('jarvis.portForward', { object, ports });
}
