import assert from 'node:assert/strict';
import { parse, parseAllDocuments } from 'yaml';
import { manifestText, notesText, textOf, valuesText } from '../../../../src/features/helm/texts.ts';
import { aWholeRelease } from '../../../support/builders/helm.ts';

describe('what there is to read of a release', () => {
  it('has the values as they were set', () => {
    const text = valuesText(aWholeRelease({ values: { 'front\nend': { tag: '0.3.11', on: 'yes' } } }));
    assert.deepEqual(parse(text), { 'front\nend': { tag: '0.3.11', on: 'yes' } });
    assert.match(text, /^# What was set for revision 3 of sock-shop;/);
    assert.deepEqual(parse(valuesText(aWholeRelease({ values: {} }))), {});
  });

  it('has the notes without what an editor would obey, or says that there are none', () => {
    assert.equal(notesText(aWholeRelease({ notes: 'a\tb\r\n\u202Ec\u001b[31m\n' })), 'a  b\n\uFFFDc\uFFFD[31m\n');
    assert.match(notesText(aWholeRelease({ notes: ' \n' })), /sock-shop 1\.4\.0 has no notes/);
  });

  it('has the manifest with its hooks and CRDs named, and no value of a Secret', async () => {
    const secret = 'apiVersion: v1\nkind: Secret\nmetadata: { name: login }\nstringData: { password: hunter2 }\n';
    const hook = {
      name: 'migrate',
      kind: 'Secret',
      events: ['pre-upgrade', 'pre\n-rollback'],
      weight: -5,
      deletePolicies: [],
      manifest: secret,
    };
    const text = await manifestText(
      aWholeRelease({ manifest: `---\n${secret}`, hooks: [hook], crds: [{ path: 'crds/socks.yaml', text: '' }] }),
    );
    assert.doesNotMatch(text, /hunter2/);
    assert.match(text, /^# CRD of the chart: crds\/socks\.yaml$/m);
    assert.match(text, /^# Hook: pre-upgrade, pre.-rollback, weight -5$/m);
    const objects = [...parseAllDocuments(text)].map((document) => document.toJS() as { kind?: string } | null);
    assert.deepEqual(
      objects.flatMap((object) => object?.kind ?? []),
      ['Secret', 'Secret'],
    );
    assert.match(await manifestText(aWholeRelease()), /rendered nothing/);
  });

  it('is one side of a comparison as YAML, or the text that it is', () => {
    assert.equal(textOf({ b: 1, a: 2 }), 'b: 1\na: 2\n');
    assert.equal(textOf('secrets is forbidden'), 'secrets is forbidden');
  });
});
