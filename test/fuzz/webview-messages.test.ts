import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as v from 'valibot';
import { JarvisError } from '../../src/core/errors.ts';
import { actionPersisted, actionToHost } from '../../src/webviews/contract/action.ts';
import { chartPersisted, chartToHost } from '../../src/webviews/contract/chart.ts';
import { type Schemas, parseIncoming } from '../../src/webviews/contract/incoming.ts';
import { logsPersisted, logsToHost } from '../../src/webviews/contract/logs.ts';
import { damagedJson, text } from './generators.ts';
import { always, answerOf } from './support.ts';

const cluster = fc.record({ context: text, server: text, cluster: text });
const name = fc.string({ maxLength: 253 });
const object = fc.record({
  cluster,
  group: text,
  version: text,
  resource: name,
  kind: name,
  namespace: name,
  name,
  uid: text,
});
const range = fc.oneof(
  fc.record({ last: fc.integer({ min: 60, max: 86_400 }) }),
  fc.tuple(fc.nat(1e9), fc.integer({ min: 1, max: 1e9 })).map(([from, length]) => ({ from, to: from + length })),
);
const filter = fc.record({ text: fc.string(), regex: fc.boolean(), matchCase: fc.boolean(), invert: fc.boolean() });
const options = fc.record(
  { container: name, previous: fc.boolean(), sinceSeconds: fc.integer({ min: 1, max: 86_400 }) },
  { requiredKeys: ['previous'] },
);
const index = fc.record({ index: fc.nat() });

/** A body as it should be, for every message that has one. */
const bodies: Readonly<Record<string, fc.Arbitrary<object>>> = {
  setRange: fc.record({ range }),
  setSource: fc.record({ source: fc.constantFrom('cloudwatch', 'metrics.k8s.io') }),
  exportPng: fc.base64String().map((base64) => ({ png: `data:image/png;base64,${base64}` })),
  setOptions: options,
  copy: fc.record({ filter, timestamps: fc.boolean() }),
  save: fc.record({ filter, timestamps: fc.boolean() }),
  remedy: index,
  openLink: index,
  openMarker: index,
  openJob: index,
  openOwner: index,
  openDocument: index,
  solve: index,
};
const bodyOf = (type: string) => bodies[type] ?? fc.constant({});

for (const [page, schemas] of Object.entries<Schemas>({ action: actionToHost, chart: chartToHost, logs: logsToHost })) {
  const types = Object.keys(schemas);
  const message = fc
    .constantFrom(...types)
    .chain((type) => bodyOf(type).map((body): { type: string; body: unknown } => ({ type, body })));

  describe(`any message of the ${page} page`, () => {
    always('that is whole arrives as it was sent', message.map(structuredClone<unknown>), (sent) => {
      assert.deepEqual(parseIncoming(schemas, sent), sent);
    });

    const cloned = fc.anything({
      withMap: true,
      withSet: true,
      withDate: true,
      withTypedArray: true,
      withBigInt: true,
      withSparseArray: true,
    });
    const wrong = fc.oneof(
      { weight: 8, arbitrary: damagedJson(message) },
      { weight: 1, arbitrary: cloned },
      {
        weight: 1,
        arbitrary: fc.record({ type: fc.constantFrom(...types), body: cloned }),
      },
    );
    always('is one of the contract with nothing added, or refused', wrong, (sent) => {
      const received = answerOf(() => parseIncoming(schemas, sent));
      if (received instanceof JarvisError) assert.equal(received.code, 'webview.badMessage');
      else {
        assert.ok(types.includes(received.type));
        assert.deepEqual(parseIncoming(schemas, structuredClone(received)), received);
      }
    });
  });
}

const alarm = fc.record({ kind: fc.constant('alarm'), alarm: fc.record({ arn: text, scope: text }), name: text });
const pod = fc.record({
  kind: fc.constantFrom('pod', 'hpa', 'deployment'),
  namespace: text,
  cluster,
  name: text,
  uid: text,
});
const persisted: Readonly<Record<string, readonly [v.GenericSchema, fc.Arbitrary<object>]>> = {
  action: [actionPersisted, fc.record({ planId: fc.stringMatching(/^jv-[a-z0-9]{1,64}$/) })],
  chart: [chartPersisted, fc.record({ subject: fc.oneof(alarm, pod), range })],
  logs: [logsPersisted, fc.tuple(object, options).map(([itsObject, its]) => ({ object: itsObject, ...its }))],
};

for (const [page, [schema, whole]] of Object.entries(persisted)) {
  describe(`what the ${page} page is restored from`, () => {
    always('is taken as it was kept', whole.map(structuredClone<unknown>), (kept) => {
      assert.deepEqual(v.parse(schema, kept), kept);
    });
    always('is refused when it is broken, never more', damagedJson(whole), (kept) => {
      const { success, output } = v.safeParse(schema, kept);
      if (success) assert.ok(v.is(schema, output));
    });
  });
}
