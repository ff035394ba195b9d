import assert from 'node:assert/strict';
import { JarvisError } from '../../../src/core/errors.ts';
import { type ActionToHost, actionToHost, actionPersisted } from '../../../src/webviews/contract/action.ts';
import { chartPersisted, chartToHost } from '../../../src/webviews/contract/chart.ts';
import { parseIncoming } from '../../../src/webviews/contract/incoming.ts';
import type { Handlers } from '../../../src/webviews/contract/message.ts';
import { receiver } from '../../../src/webviews/panels/channel.ts';
import { pageHtml } from '../../../src/webviews/panels/page.ts';
import { silentLogger } from '../../../src/core/log.ts';
import * as v from 'valibot';

describe('a message from a view', () => {
  it('passes when the contract knows it', () => {
    assert.deepEqual(parseIncoming(chartToHost, { type: 'setRange', body: { range: { last: 3600 } } }), {
      type: 'setRange',
      body: { range: { last: 3600 } },
    });
  });

  const bad: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['a text', 'confirm'],
    ['an unknown name', { type: 'deleteEverything', body: {} }],
    ['a name of Object.prototype', { type: 'constructor', body: {} }],
    ['__proto__', { type: '__proto__', body: {} }],
    ['no body', { type: 'ready' }],
    ['more than the envelope', { type: 'ready', body: {}, extra: 1 }],
    ['more than the body', { type: 'ready', body: { extra: 1 } }],
    ['a range backwards', { type: 'setRange', body: { range: { from: 2, to: 1 } } }],
    ['a range of no length', { type: 'setRange', body: { range: { last: 0 } } }],
    ['a range beyond all retention', { type: 'setRange', body: { range: { last: 1e12 } } }],
    ['NaN', { type: 'setRange', body: { range: { last: NaN } } }],
    ['a negative index', { type: 'openLink', body: { index: -1 } }],
    ['a URL instead of an index', { type: 'openLink', body: { url: 'https://evil.example' } }],
    ['a picture that is none', { type: 'exportPng', body: { png: 'data:text/html,<script>' } }],
    ['an unknown source', { type: 'setSource', body: { source: 'evil' } }],
  ];
  for (const [name, raw] of bad) {
    it(`is refused: ${name}`, () => {
      assert.throws(
        () => parseIncoming(chartToHost, raw),
        (error) => error instanceof JarvisError && error.code === 'webview.badMessage',
      );
    });
  }

  it('that is refused is logged and calls no handler', async () => {
    const called: string[] = [];
    const logged: string[] = [];
    const handlers = Object.fromEntries(
      Object.keys(actionToHost).map((name) => [name, () => void called.push(name)]),
    ) as unknown as Handlers<ActionToHost>;
    const receive = receiver(actionToHost, handlers, { ...silentLogger, warn: (message) => void logged.push(message) });
    await receive({ type: 'confirm', body: { planId: 'jv-other' } });
    await receive({ type: 'write', body: {} });
    assert.deepEqual(called, []);
    assert.equal(logged.length, 2);
    assert.match(logged.join(), /webview\.badMessage/);
    await receive({ type: 'confirm', body: {} });
    assert.deepEqual(called, ['confirm']);
  });
});

describe('what a panel is restored from', () => {
  it('is checked too', () => {
    assert.ok(v.is(actionPersisted, { planId: 'jv-abcdefghijkmnpqr', look: {} }));
    assert.ok(!v.is(actionPersisted, { planId: '../../etc' }));
    assert.ok(!v.is(chartPersisted, { subject: { kind: 'pod' }, range: { last: 3600 } }));
    const alarm = { kind: 'alarm', alarm: { arn: 'arn', scope: 'prod' }, name: 'cpu' };
    assert.ok(v.is(chartPersisted, { subject: alarm, range: { last: 3600 }, look: { mode: 'table' } }));
  });
});

describe('the page', () => {
  const html = () => pageHtml({ script: 's.js', style: 's.css', cspSource: 'https://x', language: 'ko"><script>' });

  it('allows nothing but its own files, with a new nonce each time', () => {
    const [one, other] = [html(), html()];
    assert.match(one, /default-src &#39;none&#39;|default-src 'none'/);
    assert.doesNotMatch(one, /unsafe/);
    const nonceOf = (page: string) => /nonce="([^"]+)"/.exec(page)?.[1];
    assert.ok(nonceOf(one));
    assert.notEqual(nonceOf(one), nonceOf(other));
    assert.ok(one.includes(`script-src 'nonce-${nonceOf(one) ?? ''}'`));
  });

  it('cannot be broken out of', () => {
    assert.equal(html().match(/<script/g)?.length, 1);
  });
});
