import { lazy } from '../../core/async.ts';
import type { Clock } from '../../core/clock.ts';
import { type Disposable, DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import type { ApiKindName } from '../../domain/kubernetes/api-kinds.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { CommandId, OfObject } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import { registerCommand } from '../../ui/commands.ts';
import type { Memory } from '../../ui/memory.ts';
import type { ObjectDocuments } from './documents.ts';

/** What can be done with any object without changing it. */
export function registerObjects(services: Services): Disposable {
  const owned = new DisposableStore();
  const documents = lazy(async () => {
    const { ObjectDocuments } = await import('./documents.ts');
    return owned.add(new ObjectDocuments(services));
  });
  const forwards = lazy(async () => {
    const { PortForwards } = await import('./port-forwards.ts');
    return owned.add(new PortForwards(services));
  });
  const chosen = async (from: OfObject | undefined, title: string, kinds?: readonly ApiKindName[]) => {
    if (from?.object) return from.object;
    const { chooseObject } = await import('./choose-object.ts');
    return chooseObject(services, { title, ...(kinds && { kinds }) });
  };
  const on: On = (id, title, run) =>
    owned.add(registerCommand(services, id, async (from) => run(await chosen(from, title()))));
  registerDocuments(on, documents);
  registerCopies(on, services.clock);
  owned.add(
    registerCommand(services, 'jarvis.portForward', async (from) => {
      const object = await chosen(from, t('A port of what?'), withPorts);
      await (await forwards()).start(object, from?.ports);
    }),
  );
  owned.add(registerCommand(services, 'jarvis.stopPortForward', async () => (await forwards()).stop()));
  owned.add(
    registerCommand(services, 'jarvis.diffObjects', async (from, selected) => {
      const objects = selected.flatMap(({ object }) => object ?? []);
      const [left, right] = objects.length === 2 ? objects : [from?.object];
      const one = left ?? (await chosen(undefined, t('Compare what?')));
      const { chooseOther } = await import('./compare.ts');
      await (await documents()).compare(one, right ?? (await chooseOther(services, one)));
    }),
  );
  owned.add(
    registerCommand(services, 'jarvis.execInPod', async (from) => {
      const pod = await chosen(from, t('A terminal in which pod?'), ['pods']);
      const { openTerminal } = await import('./terminal.ts');
      await openTerminal(services, pod, from?.container);
    }),
  );
  // what ran when the window ended; nothing of it is loaded where nothing did
  const memory: Memory = services.context.workspaceState;
  if (memory.get('jarvis.portForwards')) void forwards().then((all) => all.tellEnded());
  return owned;
}

/** A command that does one thing with one object, which is asked for where none is given. */
type On = (id: ObjectCommand, title: () => string, run: (object: ObjectRef) => Promise<unknown>) => void;

function registerDocuments(on: On, documents: () => Promise<ObjectDocuments>): void {
  on(
    'jarvis.describe',
    () => t('Describe what?'),
    async (object) => (await documents()).describe(object),
  );
  on(
    'jarvis.showEvents',
    () => t('Events of what?'),
    async (object) => (await documents()).showEvents(object),
  );
  on(
    'jarvis.watchObject',
    () => t('Follow what?'),
    async (object) => (await documents()).follow(object),
  );
}

/** What is taken elsewhere: to a terminal, a ticket, a dashboard. */
function registerCopies(on: On, clock: Clock): void {
  on(
    'jarvis.copyKubectl',
    () => t('A command for what?'),
    async (object) => (await import('./copy.ts')).copyKubectl(object),
  );
  on(
    'jarvis.copyPath',
    () => t('The path of what?'),
    async (object) => (await import('./copy.ts')).copyPath(object),
  );
  on(
    'jarvis.openGrafana',
    () => t('The dashboard of what?'),
    async (object) => (await import('./grafana.ts')).openGrafana(object, clock.now()),
  );
}

const withPorts: readonly ApiKindName[] = [
  'pods',
  'services',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
];

type ObjectCommand = Extract<
  CommandId,
  `jarvis.${'describe' | 'showEvents' | 'watchObject' | 'copyKubectl' | 'copyPath' | 'openGrafana'}`
>;
