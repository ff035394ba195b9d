import assert from 'node:assert/strict';
import { listed, teamChecks } from '../../../../src/domain/set-up/team.ts';
import { hostileNames } from '../../../support/hostile.ts';

const good = {
  region: ['ap-northeast-2', 'us-gov-west-1', 'cn-north-1', 'eusc-de-east-1'],
  account: ['123456789012'],
  cluster: ['prod-seoul', 'a'],
  namespaces: ['sock-shop', 'sock-shop, payments carts'],
  repository: ['acme/ops', 'acme/.github'],
  environment: ['production', 'prod.seoul'],
} as const;
const bad = {
  region: ['', 'seoul', 'ap-northeast-2a', 'AP-NORTHEAST-2'],
  account: ['', '1234', '1234567890123'],
  cluster: ['', '-a', 'arn:aws:eks:x', 'x'.repeat(101)],
  namespaces: ['', ' , ', 'Sock', 'a-', 'a/b', '*'],
  repository: ['', 'acme', 'acme/ops/x', 'acme/*'],
  environment: ['', '*', 'a:b', 'prod/seoul'],
} as const;

describe('teamChecks', () => {
  for (const [field, check] of Object.entries(teamChecks) as [keyof typeof teamChecks, (text: string) => unknown][]) {
    it(`tells a good ${field} from a bad one`, () => {
      for (const text of good[field]) assert.equal(check(text), undefined, text);
      const hostile = Object.values(hostileNames).filter((text) => text !== hostileNames.long);
      for (const text of [...bad[field], ...hostile]) assert.equal(typeof check(text), 'string', text);
    });
  }

  it('lists names once each', () => {
    assert.deepEqual(listed(' b, a\n,b'), ['b', 'a']);
  });
});
