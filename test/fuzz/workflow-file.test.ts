import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { readWorkflow } from '../../src/clients/github/workflow-file.ts';
import { damaged, damagedJson, keys, mostly, text } from './generators.ts';
import { always } from './support.ts';

const name = mostly(fc.constantFrom('cluster', 'namespace', 'hpa', 'max_replicas', 'plan_id'), keys);
const input = fc.record(
  {
    description: text,
    type: fc.constantFrom('string', 'number', 'boolean', 'choice', 'environment'),
    required: fc.boolean(),
    default: fc.oneof(text, fc.integer(), fc.boolean()),
    options: fc.array(fc.oneof(text, fc.integer(), fc.boolean()), { maxLength: 3 }),
  },
  { requiredKeys: [] },
);
const inputs = fc.dictionary(name, input, { maxKeys: 4, noNullPrototype: true });
const workflow = fc.record({
  name: text,
  'run-name': fc.constantFrom('Scale ${{ inputs.plan_id }}', 'Scale'),
  on: fc.oneof(
    inputs.map((its): unknown => ({ workflow_dispatch: { inputs: its } })),
    fc.constantFrom<unknown>('workflow_dispatch', ['push', 'workflow_dispatch'], 'push', { push: null }),
  ),
  jobs: fc.constant({ scale: { 'runs-on': 'ubuntu-latest', steps: [{ run: 'echo ${{ inputs.hpa }}' }] } }),
});

describe('any workflow file', () => {
  const file = fc
    .tuple(damagedJson(workflow), fc.nat(9))
    .map(([json, style]) => (style === 0 ? stringify(json) : JSON.stringify(json)));
  always('declares inputs of their types, or is refused in one line', damaged(file), (content) => {
    let declared: ReturnType<typeof readWorkflow>;
    try {
      declared = readWorkflow(content);
    } catch (error) {
      assert.ok(error instanceof Error && error.message !== '' && !error.message.includes('\n'), String(error));
      return;
    }
    for (const { type, required, hasDefault, options } of declared.inputs?.values() ?? []) {
      assert.deepEqual([typeof type, typeof required, typeof hasDefault], ['string', 'boolean', 'boolean']);
      assert.ok(options.every((option) => typeof option === 'string'));
    }
  });

  always('that is whole declares what stands in it', inputs, (its) => {
    const declared = readWorkflow(JSON.stringify({ on: { workflow_dispatch: { inputs: its } } })).inputs;
    assert.deepEqual([...(declared?.keys() ?? [])].sort(), Object.keys(its).sort());
    for (const [key, { required = false, options = [] }] of Object.entries(its)) {
      const input = declared?.get(key);
      assert.deepEqual([input?.required, input?.options], [required, options.map(String)]);
    }
  });
});
