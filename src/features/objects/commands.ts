import { lazy } from '../../core/async.ts';
import type { DisposableStore } from '../../core/disposable.ts';
import { t } from '../../core/l10n.ts';
import type { ApiKindName } from '../../domain/kubernetes/api-kinds.ts';
import type { ObjectRef } from '../../domain/kubernetes/object-ref.ts';
import type { CommandId, OfObject } from '../../contributions.ts';
import type { Services } from '../../services.ts';
import type { CommandHandlers } from '../../ui/commands.ts';
import { chooseObject } from './choose-object.ts';
import type { PortForwards } from './port-forwards.ts';

type ObjectCommands = Partial<CommandHandlers<CommandId>>;
/** One thing that is done with one object, which is asked for where none is given. */
type On = (title: () => string, run: (object: ObjectRef) => unknown) => (from?: OfObject) => Promise<unknown>;

/** @param owned holds what the commands open, for as long as the window is open */
export function objectCommands(services: Services, owned: DisposableStore, forwards: () => Promise<PortForwards>) {
  const chosen = async (from: OfObject | undefined, title: string, kinds?: readonly ApiKindName[]) =>
    from?.object ?? chooseObject(services, { title, ...(kinds && { kinds }) });
  const terminals = lazy(async () => {
    const { ContainerTerminals } = await import('./container-terminals.ts');
    return owned.add(new ContainerTerminals(services.runs));
  });
  const on: On = (title, run) => async (from) => run(await chosen(from, title()));
  return {
    ...documentCommands(services, owned, on),
    ...copyCommands(services, on),
    'jarvis.portForward': async (from) => {
      const object = await chosen(from, t('A port of what?'), withPorts);
      await (await forwards()).start(object, from?.ports);
    },
    'jarvis.stopPortForward': async () => (await forwards()).stop(),
    'jarvis.execInPod': async (from) => {
      const pod = await chosen(from, t('A terminal in which pod?'), ['pods']);
      const { openTerminal } = await import('./terminal.ts');
      const terminal = await openTerminal(services, pod, from?.container);
      (await terminals()).add(terminal, pod);
    },
  } satisfies ObjectCommands;
}

function documentCommands(services: Services, owned: DisposableStore, on: On) {
  const documents = lazy(async () => {
    const { ObjectDocuments } = await import('./documents.ts');
    return owned.add(new ObjectDocuments(services));
  });
  return {
    'jarvis.describe': on(
      () => t('Describe what?'),
      async (object) => (await documents()).describe(object),
    ),
    'jarvis.showEvents': on(
      () => t('Events of what?'),
      async (object) => (await documents()).showEvents(object),
    ),
    'jarvis.watchObject': on(
      () => t('Follow what?'),
      async (object) => (await documents()).follow(object),
    ),
    'jarvis.diffObjects': async (from, selected) => {
      const objects = selected.flatMap(({ object }) => object ?? []);
      const [left, right] = objects.length === 2 ? objects : [from?.object];
      const one = left ?? (await chooseObject(services, { title: t('Compare what?') }));
      const { chooseOther } = await import('./compare.ts');
      await (await documents()).compare(one, right ?? (await chooseOther(services, one)));
    },
  } satisfies ObjectCommands;
}

/** What is taken elsewhere: to a terminal, a ticket, a dashboard. */
function copyCommands({ clock }: Services, on: On) {
  return {
    'jarvis.copyKubectl': on(
      () => t('A command for what?'),
      async (object) => (await import('./copy.ts')).copyKubectl(object),
    ),
    'jarvis.copyPath': on(
      () => t('The path of what?'),
      async (object) => (await import('./copy.ts')).copyPath(object),
    ),
    'jarvis.openGrafana': on(
      () => t('The dashboard of what?'),
      async (object) => (await import('./grafana.ts')).openGrafana(object, clock.now()),
    ),
  } satisfies ObjectCommands;
}

const withPorts: readonly ApiKindName[] = [
  'pods',
  'services',
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
];
