import assert from 'node:assert/strict';
import {
  isProduction,
  locksAnything,
  type Place,
  placeOf,
  protectionOf,
} from '../../../../../src/domain/remediation/guards/protection.ts';
import { aTarget, prod } from '../../../../support/builders/remediation.ts';

const production = (...scopes: unknown[]) => protectionOf(scopes, [false]).production;
const place = { cluster: prod, namespace: 'sock-shop' };
const isLocked = (value: object, where: Place = place, known = [prod]) => isProduction(where, production(value), known);

describe('what is production', () => {
  it('is told by patterns of contexts, accounts and namespaces', () => {
    assert.ok(isLocked({ contexts: ['prod-*'] }));
    assert.ok(isLocked({ contexts: ['PROD-SEOUL'] }), 'upper and lower case are one');
    assert.ok(!isLocked({ contexts: ['prod'] }), 'a pattern is of the whole name');
    assert.ok(isLocked({ namespaces: ['other', 'sock-*'] }));
    assert.ok(!isLocked({ namespaces: ['sock'], contexts: ['staging*'] }));
    assert.ok(!isLocked({ contexts: ['prod.seoul'] }), 'only * is special');
  });

  it('knows the account of a cluster that is named by its ARN', () => {
    const eks = { ...prod, context: 'me', cluster: 'arn:aws:eks:ap-northeast-2:123456789012:cluster/shop' };
    assert.ok(isLocked({ accounts: ['123456789012'] }, { ...place, cluster: eks }));
    assert.ok(!isLocked({ accounts: ['210987654321'] }, { ...place, cluster: eks }));
    assert.ok(!isLocked({ accounts: ['*'] }), 'an account that is not known');
  });

  it('knows the accounts that a plan reaches into, whatever the cluster is called', () => {
    const plan = { target: aTarget(), accounts: ['123456789012'] };
    assert.ok(isLocked({ accounts: ['123456*'] }, placeOf(plan)));
    assert.ok(!isLocked({ accounts: ['210987654321'] }, placeOf(plan)));
    assert.ok(!isLocked({ accounts: ['*'] }, placeOf({ target: aTarget() })));
  });

  it('knows the namespaces that a plan reaches into beside its own', () => {
    const plan = { target: aTarget(), namespaces: ['payments'] };
    assert.ok(isLocked({ namespaces: ['pay*'] }, placeOf(plan)));
    assert.ok(!isLocked({ namespaces: ['pay*'] }, placeOf({ target: aTarget() })));
  });

  it('is a cluster by whatever context it is reached', () => {
    const alias = { ...prod, context: 'harmless', cluster: 'harmless' };
    assert.ok(isLocked({ contexts: ['prod-*'] }, { ...place, cluster: alias }, [prod, alias]));
    const other = { ...alias, server: 'https://other.example' };
    assert.ok(!isLocked({ contexts: ['prod-*'] }, { ...place, cluster: other }, [prod, other]));
  });

  it('grows with each scope of the settings and never shrinks', () => {
    const user = { contexts: ['prod-*'], accounts: ['1'] };
    assert.deepEqual(production({}, user, { contexts: [], namespaces: ['x'] }), {
      contexts: ['prod-*'],
      accounts: ['1'],
      namespaces: ['x'],
    });
    assert.ok(!locksAnything(production({}, {})));
    const readOnly = (...scopes: unknown[]) => protectionOf([], scopes).readOnly;
    assert.ok(readOnly(false, true, false), 'a workspace cannot switch off what the user switched on');
    assert.ok(readOnly(false, true), 'but on');
    assert.ok(!readOnly(false));
  });

  it('is everything where the setting cannot be understood', () => {
    for (const bad of [['prod-*'], 'prod-*', null, 7, { contexts: 'prod-*' }, { contexts: [7] }, { context: ['prod'] }])
      assert.ok(isProduction(place, production({}, bad), []), JSON.stringify(bad));
    assert.ok(protectionOf([], [false, 'false']).readOnly);
  });

  it('is found at once in patterns that are made to take long', () => {
    const name = 'a'.repeat(2_000);
    const started = performance.now();
    assert.ok(!isLocked({ contexts: [`${'*a'.repeat(40)}b`] }, { ...place, cluster: { ...prod, context: name } }));
    assert.ok(performance.now() - started < 1_000);
  });
});
