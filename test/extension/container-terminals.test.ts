import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { JarvisError } from '../../src/core/errors.ts';
import { Emitter } from '../../src/core/event.ts';
import { objectRef } from '../../src/domain/kubernetes/api-kinds.ts';
import { ContainerTerminals } from '../../src/features/objects/container-terminals.ts';
import type { notice } from '../../src/ui/notice.ts';
import { aPod } from '../support/builders/kubernetes.ts';
import { eventually } from '../support/eventually.ts';

const locked = new JarvisError({ code: 'remediation.locked', message: 'locked' });

/** Terminals that need no container, in a window whose lock a test turns. */
function world() {
  const changed = new Emitter<ReadonlySet<string>>();
  const lockedPods = new Set<string>();
  const told: { readonly message: string; answer(button: string | undefined): void }[] = [];
  const tell: typeof notice = (_, message, buttons) =>
    new Promise((resolve) => {
      told.push({ message, answer: (button) => resolve(buttons.find(({ title }) => title === button)) });
    });
  const obstacle = ({ namespace }: { readonly namespace: string }) => (lockedPods.has(namespace) ? locked : undefined);
  const terminals = new ContainerTerminals({ onDidChange: changed.event, obstacle }, tell);
  const pod = (name: string, namespace: string) =>
    objectRef({ context: 'prod', server: '', cluster: 'prod' }, 'pods', aPod({ name, namespace }));
  const lock = (...namespaces: readonly string[]) => {
    lockedPods.clear();
    for (const namespace of namespaces) lockedPods.add(namespace);
    changed.fire(new Set());
  };
  const open = (name: string, namespace: string) => {
    const onDidWrite = new vscode.EventEmitter<string>().event;
    const pty = { onDidWrite, open: () => undefined, close: () => undefined };
    const terminal = vscode.window.createTerminal({ name, pty });
    terminals.add(terminal, pod(name, namespace));
    return terminal;
  };
  return { terminals, told, changed, lock, open };
}

describe('terminals in containers, in VS Code', () => {
  afterEach(() => {
    for (const terminal of vscode.window.terminals) terminal.dispose();
  });
  const isOpen = (terminal: vscode.Terminal) => Promise.resolve(vscode.window.terminals.includes(terminal));
  const gone = (open: boolean) => !open;

  it('are named together, once, when the lock returns, and stay open unless a person closes them', async () => {
    const { told, lock, open } = world();
    const [web, carts, test] = [open('web', 'shop'), open('carts', 'shop'), open('test', 'sandbox')];
    assert.equal(told.length, 0);
    lock('shop');
    lock('shop');
    assert.equal(told.length, 1);
    assert.match(told[0]?.message ?? '', /Pod web in shop on prod, Pod carts in shop on prod/);
    assert.doesNotMatch(told[0]?.message ?? '', /test/);
    assert.ok(await isOpen(web));
    told[0]?.answer('Close Terminals');
    for (const terminal of [web, carts]) await eventually(() => isOpen(terminal), gone);
    assert.ok(await isOpen(test));
  });

  it('are named again at the next lock, but not those that are closed by then', async () => {
    const { told, lock, open } = world();
    const [web] = [open('web', 'shop'), open('carts', 'shop')];
    lock('shop');
    told[0]?.answer(undefined);
    web.dispose();
    await eventually(() => isOpen(web), gone);
    lock();
    lock('shop');
    assert.equal(told.length, 2);
    assert.match(told[1]?.message ?? '', /in Pod carts in shop on prod\./);
  });

  it('are named at once where the lock returned while they were opened; nothing is heard afterwards', () => {
    const { told, lock, open, terminals, changed } = world();
    lock('shop');
    open('web', 'shop');
    assert.equal(told.length, 1);
    terminals.dispose();
    assert.equal(changed.size, 0);
  });
});
