import * as vscode from 'vscode';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { valueOf } from '../../core/loadable.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { PortForward } from '../../domain/kubernetes/port-forward.ts';
import { type OfferedPort, parsePorts, proposedPorts } from '../../domain/kubernetes/ports.ts';
import type { Services } from '../../services.ts';
import { executeCommand } from '../../ui/commands.ts';
import { ContextKey } from '../../ui/context-keys.ts';
import { showError } from '../../ui/errors.ts';
import { patiently } from '../../ui/patiently.ts';
import { inNotice } from '../../ui/plain-text.ts';
import { ask, pick } from '../../ui/prompts.ts';
import { inWords } from './in-words.ts';
import { type Target, targetOf } from './target-pod.ts';

/** A forward that runs: what was asked for, and the pod that it found. */
interface Running extends Disposable {
  readonly object: ObjectRef;
  readonly pod: ObjectRef;
  /** As it was asked for: a service's own port. */
  readonly port: number;
  readonly localPort: number;
}

/** One notice for all that fails within this time: a browser tries again and again. */
const quietMs = 30_000;

/** The ports of this machine that lead to pods: counted in the status bar, stopped from there. */
export class PortForwards implements Disposable {
  readonly #services: Pick<Services, 'clusters' | 'clock'>;
  readonly #running = new Set<Running>();
  readonly #isRunning = new ContextKey('jarvis.portForwards.running');
  readonly #item = vscode.window.createStatusBarItem('jarvis.portForwards', vscode.StatusBarAlignment.Left);

  constructor(services: Pick<Services, 'clusters' | 'clock'>) {
    this.#services = services;
    this.#item.name = t('Jarvis: Port Forwards');
    this.#item.command = 'jarvis.stopPortForward';
  }

  /** Asks for the ports. @throws JarvisError, CancelledError */
  async start(object: ObjectRef): Promise<void> {
    const cluster = this.#services.clusters.cluster(object.cluster);
    const title = t('Looking for {0}', inWords(object));
    const target = await patiently(title, (signal) => targetOf(cluster, object, signal));
    const { local, remote } = await askPorts(object, target);
    const port = target.ports.find((offered) => offered.port === remote)?.target ?? remote;
    const forward = await patiently(title, (signal) => cluster.forward(target.pod, { local, remote: port }, signal));
    const running = this.#add(object, target.pod, remote, forward);
    void this.#tellStarted(running);
  }

  /** Asks which one. @throws CancelledError */
  async stop(): Promise<void> {
    const all = [...this.#running];
    const choices = all.map((running) => ({
      label: `127.0.0.1:${running.localPort} → ${running.pod.name}:${running.port}`,
      description: inWords(running.object),
      value: [running],
    }));
    const together = all.length > 1 ? [{ label: t('All of them'), value: all }] : [];
    const chosen = await pick([...choices, ...together], { title: t('Stop which port forward?') });
    for (const running of chosen) running.dispose();
  }

  dispose(): void {
    for (const running of this.#running) running.dispose();
    this.#item.dispose();
  }

  #add(object: ObjectRef, pod: ObjectRef, port: number, forward: PortForward): Running {
    const owned = new DisposableStore();
    const running: Running = {
      object,
      pod,
      port,
      localPort: forward.localPort,
      dispose: () => {
        owned.dispose();
        this.#running.delete(running);
        this.#show();
      },
    };
    owned.add(forward);
    owned.add(forward.onDidFail(this.#teller()));
    this.#endWithPod(running, owned);
    this.#running.add(running);
    this.#show();
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

  #show(): void {
    const all = [...this.#running];
    this.#isRunning.set(all.length > 0);
    if (all.length === 0) {
      this.#item.hide();
      return;
    }
    const lines = all.map(({ localPort, pod, port }) => `127.0.0.1:${localPort} → ${pod.name}:${port}`);
    this.#item.text = `$(plug) ${all.length}`;
    this.#item.tooltip = [t('Forwarded ports. Click to stop one.'), ...lines].join('\n');
    this.#item.show();
  }

  async #tellStarted(running: Running): Promise<void> {
    const { localPort, port, pod } = running;
    const [browse, copy, stop] = [t('Open in Browser'), t('Copy Address'), t('Stop')];
    const told = t('127.0.0.1:{0} leads to port {1} of {2}.', localPort, port, inNotice(pod.name));
    const chosen = await vscode.window.showInformationMessage(told, browse, copy, stop);
    const address = `http://127.0.0.1:${localPort}`;
    if (chosen === browse) await vscode.env.openExternal(vscode.Uri.parse(address));
    if (chosen === copy) await vscode.env.clipboard.writeText(address);
    if (chosen === stop) running.dispose();
  }
}

async function tellGone({ object, pod, localPort }: Running): Promise<void> {
  const again = t('Forward Again');
  const told = t('Pod {0} is gone: 127.0.0.1:{1} leads nowhere any more.', inNotice(pod.name), localPort);
  const chosen = await vscode.window.showWarningMessage(told, again);
  if (chosen === again) await executeCommand('jarvis.portForward', { object });
}

/** `LOCAL:REMOTE`, checked while it is typed. A service has the ports that it has; a pod may listen on any. */
async function askPorts(object: ObjectRef, { ports, pod }: Target): Promise<{ local: number; remote: number }> {
  const [first] = ports;
  const problem = (text: string) => portProblem(text, object.kind === 'Service' ? ports : []);
  const answer = await ask({
    title: t('Forward a port of {0}', pod.name),
    prompt: ports.length > 0 ? t('Ports: {0}', ports.map(portInWords).join(', ')) : t('It declares no port.'),
    placeHolder: t('PORT HERE:PORT OF THE POD'),
    value: first ? proposedPorts(first) : '',
    validateInput: problem,
  });
  return parsePorts(answer) ?? { local: 0, remote: 0 };
}

function portProblem(text: string, only: readonly OfferedPort[]): string | undefined {
  const parsed = parsePorts(text);
  if (!parsed) return t('Two ports from 1 to 65535, as in 8080:80; :80 takes any free port here.');
  const isThere = only.length === 0 || only.some(({ port }) => port === parsed.remote);
  return isThere ? undefined : t('The service has no port {0}.', parsed.remote);
}

function portInWords({ port, name }: OfferedPort): string {
  return name ? `${port} (${name})` : String(port);
}
