import assert from 'node:assert/strict';
import { matches } from '../../../../src/domain/kubernetes/selector.ts';
import { parseSelector } from '../../../../src/domain/kubernetes/selector-text.ts';

const chooses = (text: string, labels: Record<string, string>) => matches(parseSelector(text), labels);

describe('a label selector as text', () => {
  it('chooses as kubectl does', () => {
    const web = { app: 'web', 'app.kubernetes.io/name': 'shop', weight: '7' };
    for (const text of ['', ' ', 'app', 'app=web', 'app == web', 'app!=db', 'other!=x', '!other', 'app in (web,db)'])
      assert.ok(chooses(text, web), text);
    for (const text of [
      'app notin (db)',
      'app.kubernetes.io/name=shop, app',
      'weight>6',
      'weight < 8',
      'app in ( web , )',
    ])
      assert.ok(chooses(text, web), text);
    for (const text of ['app=db', '!app', 'other', 'app!=web', 'app notin (web)', 'app,other', 'weight>7', 'app='])
      assert.ok(!chooses(text, web), text);
  });

  it('knows no label that only JavaScript has', () => {
    assert.ok(!chooses('constructor', {}));
    assert.ok(chooses('!toString', {}));
    assert.ok(chooses('constructor=web', { constructor: 'web' }));
  });

  it('compares whole numbers, and nothing else', () => {
    for (const weight of ['', '0x10', '1e3', 'x'])
      assert.ok(!chooses('weight>0', { weight }) && !chooses('weight<5', { weight }));
    assert.ok(chooses('weight<5', { weight: '4' }));
  });

  it('says what is wrong and where', () => {
    const messageOf = (text: string) => {
      try {
        parseSelector(text);
      } catch (error) {
        return (error as Error).message;
      }
      return '';
    };
    assert.equal(messageOf('app in web'), 'The label selector is wrong: "(" was expected at "web".');
    assert.equal(messageOf('app in (web'), 'The label selector is wrong: ")" was expected at the end.');
    assert.equal(messageOf('app=web tier=db'), 'The label selector is wrong: "," was expected at "tier=db".');
    assert.equal(messageOf('app,'), 'The label selector is wrong: a label was expected at the end.');
    assert.equal(messageOf('=x'), 'The label selector is wrong: a label was expected at "=x".');
    assert.equal(messageOf('weight>heavy'), 'The label selector is wrong: a whole number was expected at the end.');
  });
});
