import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { JarvisError } from '../../../../src/core/errors.ts';
import { fill } from '../../../../src/domain/set-up/fill.ts';
import { hostileNames } from '../../../support/hostile.ts';

describe('fill', () => {
  it('writes a value as a literal of the language', () => {
    const values = { REGION: 'ap-northeast-2', NAMES: ['a', 'b'] };
    assert.equal(fill('region: __REGION__\n', 'x.yml', values), "region: 'ap-northeast-2'\n");
    assert.equal(fill('region = __REGION__\n', 'x.tf', values), 'region = "ap-northeast-2"\n');
    assert.equal(fill('names = __NAMES__\n', 'x.tfvars', values), 'names = ["a", "b"]\n');
  });

  it('lets no value end its literal', () => {
    for (const text of ["it's: 'x' # no", '{{ }} ${{ inputs.x }}', '- a', '*a', '"', '__OTHER__', '$&'])
      assert.deepEqual(parse(fill('a: __A__\n', 'x.yml', { A: text })), { a: text });
    assert.equal(
      fill('a = __A__', 'x.tf', { A: '${file("/x")} %{ if true } "q" \\' }),
      'a = "$${file(\\"/x\\")} %%{ if true } \\"q\\" \\\\"',
    );
  });

  it('takes a hostile value for what it is, or not at all', () => {
    const refused = Object.entries(hostileNames).filter(([, text]) => {
      try {
        assert.deepEqual(parse(fill('a: __A__\n', 'x.yml', { A: text })), { a: text });
        return false;
      } catch (error) {
        assert.equal(error instanceof JarvisError && error.code, 'setUp.badValue');
        return true;
      }
    });
    const names = [
      'terminal',
      'newline',
      'lineSeparator',
      'rightToLeft',
      'nothing',
      'spacedFormula',
      'yaml',
      'markdown',
    ];
    assert.deepEqual(refused.map(([name]) => name).sort(), names.sort());
  });

  it('leaves nothing unfilled, and what is no placeholder alone', () => {
    assert.throws(() => fill('a: __GONE__', 'x.yml', {}), { code: 'setUp.badTemplate' });
    const text = 'a: __init__ # ${{ inputs.__A }}\n';
    assert.equal(fill(text, 'x.yml', {}), text);
  });
});
