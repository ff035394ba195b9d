import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { JarvisError } from '../../../../src/core/errors.ts';
import { loading } from '../../../../src/core/loadable.ts';
import { apiKinds } from '../../../../src/domain/kubernetes/api-kinds.ts';
import type { ObjectEvent, WholeObject } from '../../../../src/domain/kubernetes/reader.ts';
import { eventsText } from '../../../../src/features/objects/events-text.ts';
import { FollowedText } from '../../../../src/features/objects/followed-text.ts';
import {
  comparisonInWords,
  forwardInWords,
  inWords,
  terminalInWords,
} from '../../../../src/features/objects/in-words.ts';
import { yamlOf } from '../../../../src/features/objects/yaml.ts';
import { hostileNames } from '../../../support/hostile.ts';

const cluster = { context: 'prod', server: 'https://prod.example', cluster: 'prod' };
const object = { cluster, ...apiKinds.pods, namespace: 'shop', name: 'web', uid: 'u1' };

function whole(uid: string, resourceVersion: string, label: string): WholeObject {
  const json = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web', uid, labels: { label } } };
  return { uid, name: 'web', namespace: 'shop', resourceVersion, createdAt: 0, labels: {}, owners: [], json };
}
const ready = (...all: readonly WholeObject[]) =>
  ({ state: 'ready', value: new Map(all.map((one) => [one.uid, one])), at: 0 }) as const;
function anEvent(over: Partial<ObjectEvent>): ObjectEvent {
  return {
    ...whole('e', '1', ''),
    about: { kind: 'Pod', namespace: 'shop', name: 'web', uid: 'u1' },
    type: 'Warning',
    source: 'kubelet',
    reason: 'BackOff',
    message: 'restarting',
    count: 3,
    firstAt: 0,
    lastAt: 0,
    ...over,
  };
}
/** What terminals and editors obey. */
const obeyed = /[^\P{Cc}\n]|[\u061C\u200E\u200F\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;
const second = (text: string) => text.split('\n')[1] ?? '';

describe('YAML', () => {
  it('is read back equal and shows what terminals and editors obey', () => {
    const odd = {
      esc: 'a\u001b[31mb\nc',
      c1: 'a\u009bb',
      bidi: 'a\u202eb',
      lines: 'x\ny\n',
      yes: 'yes',
      number: '1',
      '<<': 'x',
    };
    const text = yamlOf(odd);
    assert.deepEqual(parse(text, { version: '1.1' }), odd);
    assert.ok(!/[^\P{Cc}\n]|\u202e/u.test(text), text);
    assert.match(text, /yes"?: "yes"/);
  });

  const hostile = Object.fromEntries(Object.values(hostileNames).map((text) => [text, [text]]));

  it('of hostile names and values is read back equal, and shows every character', () => {
    const text = yamlOf(hostile);
    assert.deepEqual(parse(text, { version: '1.1' }), hostile);
    assert.doesNotMatch(text, obeyed);
  });

  it('of very many values is JSON, which is YAML, too, and is said to be', () => {
    const vast = { ...hostile, rules: Array.from({ length: 5000 }, (_, index) => `rule ${index}`) };
    const text = yamlOf(vast);
    assert.match(text, /^# Written as JSON, which is YAML, too: it has very many values\.\n\{\n/);
    assert.deepEqual(parse(text), vast);
    assert.doesNotMatch(text, obeyed);
  });

  it('of one big value is the usual form', () => {
    assert.doesNotMatch(yamlOf({ data: { text: 'line\n'.repeat(200_000) } }), /^#/);
  });
});

describe('names of hostile objects', () => {
  for (const [what, name] of Object.entries(hostileNames)) {
    const worst = { ...object, name, namespace: name, cluster: { ...cluster, context: name } };

    it(`stay one harmless line in titles, terminals and lists: ${what}`, () => {
      const all = [
        inWords(worst),
        comparisonInWords(worst, object),
        terminalInWords(name, worst),
        forwardInWords({ local: 8080, remote: 80 }, worst),
      ];
      for (const text of all) assert.doesNotMatch(text, /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
      assert.doesNotMatch(terminalInWords(name, worst), /\$\(/);
    });

    it(`stay comments in a document that follows them, and one line in their events: ${what}`, () => {
      const lines = new FollowedText(worst).next(ready(whole('u1', '1', name)), 0).split('\n');
      assert.deepEqual(
        lines.slice(0, 3).map((line) => line.slice(0, 2)),
        ['# ', '# ', 'ap'],
      );
      assert.doesNotMatch(lines.join('\n'), obeyed);
      const about = { kind: name, namespace: name, name, uid: 'u9' };
      const events = eventsText(worst, [anEvent({ about, reason: name, source: name, message: name })], 0);
      assert.equal(events.split('\n').length, 5);
      assert.doesNotMatch(events, obeyed);
    });
  }
});

describe('a document that follows an object', () => {
  it('tells what happens to it', () => {
    const text = new FollowedText(object);
    assert.match(second(text.next(loading, 0)), /Being read/);
    assert.match(second(text.next(ready(whole('u1', '1', 'first')), 1)), /nothing has changed/);
    const changed = text.next(ready(whole('u1', '2', 'second')), 2);
    assert.match(second(changed), /changed at/);
    assert.match(changed, /label: second/);
    const deleted = text.next(ready(), 3);
    assert.match(second(deleted), /Deleted at/);
    assert.match(deleted, /label: second/);
    assert.match(second(text.next(ready(whole('u2', '3', 'third')), 4)), /made anew at/);
  });

  it('says since when and why it is old, and why there is nothing', () => {
    const error = new JarvisError({ code: 'kube.forbidden', message: 'prod does not allow this:\nno' });
    const text = new FollowedText(object);
    assert.match(second(text.next({ state: 'failed', error }, 0)), /does not allow this:\uFFFDno/);
    const stale = { state: 'stale', value: ready(whole('u1', '1', 'x')).value, since: 0, error } as const;
    assert.match(second(text.next(stale, 1)), /Not up to date since/);
    assert.match(second(new FollowedText(object).next(ready(), 1)), /no such object/);
  });
});

describe('the events of an object', () => {
  it('are lines with age, count, reason and message, with whom where it is another', () => {
    const about = { kind: 'ReplicaSet', namespace: 'shop', name: 'rs', uid: 'u9' };
    const text = eventsText(object, [anEvent({}), anEvent({ about, message: 'a\nb \u001b[31m' })], 60_000);
    assert.match(text, /60 s ago +×3 +Warning +BackOff +kubelet +restarting/);
    assert.match(text, /ReplicaSet\/rs +kubelet +a ⏎ b \uFFFD/);
  });

  it('are said to be none', () => {
    assert.match(eventsText(object, [], 0), /Nothing was reported/);
  });
});
