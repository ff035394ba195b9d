import assert from 'node:assert/strict';
import { validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readAccess } from '../../src/clients/kubernetes/credentials.ts';
import { type Kubeconfig, mergeKubeconfigs, parseKubeconfig } from '../../src/clients/kubernetes/kubeconfig.ts';
import { JarvisError } from '../../src/core/errors.ts';
import { damaged, damagedJson, mostly, text } from './generators.ts';
import { always, alwaysInTheEnd, answerOf } from './support.ts';

const name = mostly(fc.constantFrom('lab', 'prod', 'dev', 'eks'), text);
const server = mostly(fc.constantFrom('https://10.0.0.1:6443/', 'https://lab', 'http://127.0.0.1:8001'), text);
const secret = mostly(fc.constantFrom('c2VjcmV0', 'secret'), text);

const cluster = fc.record(
  {
    server,
    'certificate-authority-data': secret,
    'insecure-skip-tls-verify': fc.boolean(),
    'proxy-url': text,
    'tls-server-name': text,
  },
  { requiredKeys: ['server'] },
);
const user = fc.record(
  {
    token: secret,
    username: text,
    password: text,
    'client-certificate-data': secret,
    'client-key-data': secret,
    exec: fc.record({
      command: text,
      args: fc.array(text, { maxLength: 2 }),
      env: fc.array(fc.record({ name: text, value: text }), { maxLength: 2 }),
    }),
  },
  { requiredKeys: [] },
);
const context = fc.record({ cluster: name, user: name, namespace: name }, { requiredKeys: ['cluster'] });
const named = <K extends string, T>(key: K, fields: fc.Arbitrary<T>) =>
  fc.array(
    fc.tuple(name, fields).map(([itsName, its]) => ({ name: itsName, [key]: its }) as { name: string } & Record<K, T>),
    { maxLength: 2 },
  );
const config = fc.record({
  apiVersion: fc.constant('v1'),
  kind: fc.constant('Config'),
  'current-context': name,
  clusters: named('cluster', cluster),
  users: named('user', user),
  contexts: named('context', context),
});

/** What YAML can do and JSON cannot; many of these are attacks. */
const oddities = fc.constantFrom(
  'x: &a [1]\ny: [*a, *a]\n',
  'x: &a [*a]\n',
  `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'.replace(/./g, (letter) => `${letter}: &${letter} [${`*${String.fromCharCode(letter.charCodeAt(0) - 1)},`.repeat(9)}]\n`)}`,
  'base: &base {server: https://lab}\nclusters:\n- name: lab\n  cluster: {<<: *base}\n',
  'clusters: &c\n- name: lab\n  cluster: &self {server: https://lab, self: *self}\n',
  '---\n...\n---\na: 1\n',
  '%YAML 1.1\n---\n',
  '? {a: b}\n: c\n',
  'a: !!binary xx\n',
  'a: !evil b\n',
  'a: |2-\n     x\n',
  '\ta: 1\n',
  'current-context: 2026-11-21\n',
);
const asYaml = fc
  .tuple(damagedJson(config), fc.nat(9), oddities, fc.nat(9))
  .map(
    ([json, style, odd, chance]) => (chance === 0 ? odd : '') + (style === 0 ? JSON.stringify(json) : stringify(json)),
  );

describe('any kubeconfig', () => {
  always('is read, or refused with a reason', damaged(asYaml), (content) => {
    const file = answerOf(() => parseKubeconfig(content, '/home/me/.kube/config'));
    if (file instanceof JarvisError) assert.equal(file.code, 'kube.kubeconfigBroken');
    else checkKubeconfig(mergeKubeconfigs([file, file]));
  });

  always('that is whole has its contexts, the first of each name', config, (whole) => {
    const { contexts } = mergeKubeconfigs([parseKubeconfig(JSON.stringify(whole), 'config')]);
    const servers = firsts(whole.clusters, 'cluster');
    const expected = [...firsts(whole.contexts, 'context')].flatMap(([itsName, fields]) => {
      const { server: where } = servers.get(fields.cluster) ?? { server: '' };
      const its = where.replace(/\/$/, '');
      return itsName && fields.cluster && its ? [{ context: itsName, server: its, cluster: fields.cluster }] : [];
    });
    assert.deepEqual(contexts, expected);
  });

  const credential = fc.record({
    token: mostly(secret, fc.constant('a\nb')),
    clientCertificateData: text,
    clientKeyData: text,
  });
  alwaysInTheEnd(
    'gives access that can be used, or says why not',
    fc.tuple(damagedJson(config), credential),
    async ([json, its]) => {
      const file = answerOf(() => parseKubeconfig(JSON.stringify(json), '/nowhere/config'));
      if (file instanceof JarvisError) return;
      const kubeconfig = mergeKubeconfigs([file]);
      const plugin = { ask: () => Promise.resolve(its) };
      for (const ref of kubeconfig.contexts) {
        const access = await readAccess({ kubeconfig, ref, env: {}, plugin }, AbortSignal.abort()).catch(
          (error: unknown) => error,
        );
        if (access instanceof JarvisError) assert.equal(access.code, 'kube.credentials');
        else {
          assert.ok(!(access instanceof Error), String(access));
          for (const [header, value] of Object.entries((access as { headers: Record<string, string> }).headers))
            validateHeaderValue(header, value);
        }
      }
    },
  );
});

function firsts<K extends 'cluster' | 'context', T>(entries: readonly ({ name: string } & Record<K, T>)[], key: K) {
  const found = new Map<string, T>();
  for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, entry[key]);
  return found;
}

function checkKubeconfig(kubeconfig: Kubeconfig): void {
  const names = kubeconfig.contexts.map((ref) => ref.context);
  assert.equal(new Set(names).size, names.length);
  for (const ref of kubeconfig.contexts) {
    assert.ok(ref.context && ref.server);
    assert.ok(JSON.stringify(kubeconfig.find(ref)?.cluster.fields));
    assert.ok(kubeconfig.namespacesOn(ref).every(Boolean));
  }
}
