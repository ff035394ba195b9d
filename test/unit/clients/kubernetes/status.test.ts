import assert from 'node:assert/strict';
import { decodeStatus } from '../../../../src/clients/kubernetes/watch-stream.ts';
import { proto } from '../../../support/protobuf.ts';

describe('the reason that an API server gives', () => {
  const message = 'secrets is forbidden: User "viewer" cannot list resource "secrets"';

  it('is read in either encoding', () => {
    const binary = Buffer.concat([Buffer.from('k8s\0'), proto({ 2: proto({ 2: 'Failure', 3: message, 6: 403 }) })]);
    assert.equal(decodeStatus('application/vnd.kubernetes.protobuf;stream=watch', binary).message, message);
    assert.equal(decodeStatus('application/json', Buffer.from(JSON.stringify({ message }))).message, message);
  });

  it('is missing where it is not of the type that it should be', () => {
    const body = { message: { toString: 1 }, reason: 4, code: '500', details: { retryAfterSeconds: 'soon' } };
    assert.deepEqual(decodeStatus('application/json', Buffer.from(JSON.stringify(body))), {});
  });

  it('is missing where something else answers', () => {
    assert.deepEqual(decodeStatus('text/html', Buffer.from('<h1>403 Forbidden</h1>')), {});
    assert.deepEqual(decodeStatus('application/vnd.kubernetes.protobuf', Buffer.from('no')), {});
  });
});
