import assert from 'node:assert/strict';
import { readWorkflow } from '../../../../src/clients/github/workflow-file.ts';

const dispatched = (inputs: string) => readWorkflow(`on:\n  workflow_dispatch:\n    inputs:\n      ${inputs}\n`).inputs;

describe('a workflow file', () => {
  it('declares its inputs', () => {
    const inputs = dispatched('size: {type: choice, required: true, default: 1, options: [1, small, true]}');
    assert.deepEqual(inputs?.get('size'), {
      type: 'choice',
      required: true,
      hasDefault: true,
      options: ['1', 'small', 'true'],
    });
  });

  it('may have an option that is no word', () => {
    assert.deepEqual(dispatched('size: {options: [{toString: 1}]}')?.get('size')?.options, ['{"toString":1}']);
  });

  for (const on of ['workflow_dispatch', '[push, workflow_dispatch]', '{workflow_dispatch: }'])
    it(`can be dispatched without inputs: ${on}`, () => assert.equal(readWorkflow(`on: ${on}`).inputs?.size, 0));

  for (const on of ['push', '[push]', '{push: }', ''])
    it(`cannot be dispatched: ${on || 'nothing'}`, () => assert.equal(readWorkflow(`on: ${on}`).inputs, undefined));
});
