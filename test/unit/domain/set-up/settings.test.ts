import assert from 'node:assert/strict';
import { type SetUpRoute, fieldsOf, partsOf } from '../../../../src/domain/set-up/files.ts';
import { settingsFor } from '../../../../src/domain/set-up/settings.ts';
import { labSetUp } from '../../../lab/github/team-files.ts';

const fresh = {
  'jarvis.github.repository': '',
  'jarvis.remediation.route': 'github',
  'jarvis.remediation.workflows': {},
  'jarvis.remediation.functions': {},
} as const;

describe('what a route needs', () => {
  it('is asked once, and no more than its files say', () => {
    assert.deepEqual(fieldsOf(partsOf(['direct'])), ['namespaces']);
    const all = ['cluster', 'region', 'account', 'namespaces', 'repository', 'environment'];
    assert.deepEqual(fieldsOf(partsOf(['direct', 'github'])), all);
    assert.deepEqual(partsOf(['direct', 'github']), partsOf(['github']));
  });
});

describe('settingsFor', () => {
  const { team } = labSetUp;
  const of = (now: Partial<Parameters<typeof settingsFor>[2]>, ...routes: SetUpRoute[]) =>
    settingsFor({ team, remedies: ['scaleHpa'] }, routes, { ...fresh, ...now });

  it('names what a first plan would not find', () => {
    assert.deepEqual(of({ 'jarvis.remediation.route': 'lambda' }, 'github', 'direct'), [
      { id: 'jarvis.remediation.route', value: 'github' },
      { id: 'jarvis.github.repository', value: team.repository },
      { id: 'jarvis.remediation.workflows', value: { scaleHpa: 'scale.yml' } },
    ]);
    assert.deepEqual(of({ 'jarvis.github.repository': team.repository }, 'github', 'lambda').slice(1), [
      { id: 'jarvis.remediation.functions', value: { scaleHpa: 'jarvis-scale' } },
    ]);
    assert.deepEqual(of({}, 'direct'), [{ id: 'jarvis.remediation.route', value: 'direct' }]);
  });

  it('leaves alone what is in order, and what a setting says besides', () => {
    const now = {
      'jarvis.github.repository': team.repository,
      'jarvis.remediation.route': 'direct',
      'jarvis.remediation.workflows': { scaleHpa: 'scale.yml' },
    };
    assert.deepEqual(of(now, 'github', 'direct'), []);
    const functions = { scaleHpa: { function: 'jarvis-scale', mode: 'async' } };
    assert.deepEqual(of({ ...now, 'jarvis.remediation.functions': functions }, 'lambda', 'direct'), []);
    const workflows = { scaleHpa: 'ours.yml', restart: 'ours-too.yml' };
    assert.deepEqual(of({ ...now, 'jarvis.remediation.workflows': workflows }, 'github', 'direct'), [
      { id: 'jarvis.remediation.workflows', value: { scaleHpa: 'scale.yml', restart: 'ours-too.yml' } },
    ]);
  });
});
