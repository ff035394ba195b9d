import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.join(import.meta.dirname, '../..');

interface Setting {
  readonly type: string;
  readonly default: unknown;
  readonly scope?: string;
  readonly markdownDescription?: string;
}
interface MenuItem {
  /** Absent where it opens a submenu. */
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
}
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly category: string; readonly icon?: string }[];
    readonly views: { readonly jarvis: readonly { readonly id: string }[] };
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus: readonly { readonly id: string }[];
  };
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
}
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;
const { contributes } = manifest;

/** The members of an interface in contributions.ts, with their types as written. */
function members(name: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  source.forEachChild((node) => {
    if (!ts.isInterfaceDeclaration(node) || node.name.text !== name) return;
    for (const member of node.members)
      if (ts.isPropertySignature(member) && member.type && ts.isStringLiteral(member.name))
        found.set(member.name.text, member.type.getText());
  });
  return found;
}
const source = ts.createSourceFile(
  'contributions.ts',
  readFileSync(path.join(root, 'src/contributions.ts'), 'utf8'),
  ts.ScriptTarget.Latest,
  true,
);

describe('package.json and contributions.ts', () => {
  const commands = contributes.commands.map(({ command }) => command);
  const settings = contributes.configuration.properties;
  const menuItems = Object.entries(contributes.menus);

  it('have the same commands', () => {
    assert.deepEqual([...commands].sort(), [...members('Commands').keys()].sort());
  });

  it('have the same views', async () => {
    const { views } = await import('../../src/contributions.ts');
    assert.deepEqual(
      contributes.views.jarvis.map(({ id }) => id),
      Object.values(views),
    );
  });

  it('have the same settings, of the same types', () => {
    const types = members('Settings');
    assert.deepEqual(Object.keys(settings).sort(), [...types.keys()].sort());
    for (const [id, { type }] of Object.entries(settings)) assert.equal(type, jsonType(types.get(id) ?? ''), id);
  });

  it('give every setting a default of its type, a description and a scope', () => {
    for (const [id, { type, default: value, scope, markdownDescription }] of Object.entries(settings)) {
      assert.equal(jsonTypeOf(value, type), type, id);
      assert.match(markdownDescription ?? '', /^%setting\./, id);
      assert.ok(['window', 'machine-overridable', 'application'].includes(scope ?? ''), id);
    }
  });

  it('let an untrusted workspace set nothing that leads to a connection or a write', () => {
    // of the last two a workspace can only lock more
    const harmless = ['jarvis.alarms.pollSeconds', 'jarvis.production', 'jarvis.readOnly'];
    const wanted = Object.keys(settings).filter((id) => !harmless.includes(id));
    assert.deepEqual([...manifest.capabilities.untrustedWorkspaces.restrictedConfigurations].sort(), wanted.sort());
  });

  it('show each command in the palette, or say why not, and those that are hidden in a menu or on a row', () => {
    const hidden = contributes.menus['commandPalette']?.filter(({ when }) => when === 'false') ?? [];
    const inMenus = new Set(
      menuItems.flatMap(([menu, items]) => (menu === 'commandPalette' ? [] : items.map((item) => item.command))),
    );
    const onRows = new Set(['jarvis.solve']);
    for (const { command = '' } of hidden) assert.ok(inMenus.has(command) || onRows.has(command), command);
  });

  it('name only commands, views and context keys that there are', () => {
    const keys = members('ContextKeys');
    const viewIds = contributes.views.jarvis.map(({ id }) => id);
    for (const [, items] of menuItems)
      for (const { command, submenu = '', when = '' } of items) {
        if (command) assert.ok(commands.includes(command), command);
        else assert.ok(contributes.menus[submenu], submenu);
        for (const [key] of when.matchAll(/(?<![\w.])jarvis\.\w+\.\w+/g)) assert.ok(keys.has(key), key);
        for (const [, view] of when.matchAll(/view == ([\w.]+)/g)) assert.ok(viewIds.includes(view ?? ''), view);
      }
    for (const { view } of contributes.viewsWelcome) assert.ok(viewIds.includes(view), view);
  });

  it('offer no write as an inline icon, Undo excepted, which asks first', () => {
    const inline = menuItems.flatMap(([, items]) =>
      items.filter((item) => 'group' in item && String(item.group).startsWith('inline')),
    );
    assert.deepEqual([...new Set(inline.map(({ command }) => command))].sort(), [
      'jarvis.compareRevisions',
      'jarvis.openAlarmHistory',
      'jarvis.openChart',
      'jarvis.retry',
      'jarvis.showLogs',
      'jarvis.solve',
      'jarvis.undo',
    ]);
  });

  it('hide what writes from every menu and the palette in read-only mode', () => {
    const planners = readFileSync(path.join(root, 'src/features/remediation/index.ts'), 'utf8');
    const writes = [...planners.matchAll(/planner\('(jarvis\.\w+)'/g)].map(([, command]) => command ?? '');
    assert.ok(writes.includes('jarvis.scaleHpa'));
    // who is in a container may write whatever they like
    for (const command of [...writes, 'jarvis.execInPod']) {
      const shown = menuItems.flatMap(([menu, items]) => items.map((item) => ({ menu, ...item })));
      const ofCommand = shown.filter((item) => item.command === command);
      assert.ok(
        ofCommand.some(({ menu }) => menu === 'commandPalette'),
        `${command} in the palette`,
      );
      for (const { menu, when = '' } of ofCommand)
        assert.ok(when === 'false' || when.includes('!jarvis.guards.readOnly'), `${command} in ${menu}`);
    }
  });

  it('have the same submenus', () => {
    const ids = contributes.submenus.map(({ id }) => id);
    const used = menuItems.flatMap(([, items]) => items.flatMap(({ submenu }) => submenu ?? []));
    assert.deepEqual([...new Set(used)].sort(), [...ids].sort());
  });

  it('give every inline and title command an icon', () => {
    const icons = new Map(contributes.commands.map(({ command, icon }) => [command, icon]));
    const shown = menuItems.flatMap(([, items]) =>
      items.filter((item) => 'group' in item && /^(inline|navigation)/.test(String(item.group))),
    );
    for (const { command } of shown) if (command !== undefined) assert.ok(icons.get(command), command);
  });
});

function jsonType(type: string): string {
  if (type.startsWith('Readonly<Record')) return 'object';
  if (type.endsWith('[]')) return 'array';
  if (type === 'number') return 'integer';
  return type === 'boolean' ? 'boolean' : 'string';
}

function jsonTypeOf(value: unknown, wanted: string): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'number' && wanted === 'integer' && Number.isInteger(value) ? 'integer' : typeof value;
}
