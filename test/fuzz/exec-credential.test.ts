import assert from 'node:assert/strict';
import fc from 'fast-check';
import { credentialIn } from '../../src/clients/kubernetes/exec-plugin.ts';
import { damaged, damagedJson, text } from './generators.ts';
import { always } from './support.ts';

const status = fc.record(
  { token: text, clientCertificateData: text, clientKeyData: text, expirationTimestamp: text },
  { requiredKeys: ['token'] },
);
const credential = fc.record({
  apiVersion: fc.constant('client.authentication.k8s.io/v1'),
  kind: fc.constant('ExecCredential'),
  status,
});

describe('any answer of an exec plugin', () => {
  always(
    'is a credential of texts, or none',
    damaged(damagedJson(credential).map((json) => JSON.stringify(json))),
    (output) => {
      const found = credentialIn(output);
      if (!found) return;
      assert.ok(Object.values(found).every((value) => typeof value === 'string'));
      assert.ok(found.token || found.clientCertificateData);
    },
  );

  always('that is whole is understood', credential, (whole) => {
    const { token, clientCertificateData = '', clientKeyData = '' } = whole.status;
    const expected = token || clientCertificateData ? { token, clientCertificateData, clientKeyData } : undefined;
    assert.deepEqual(credentialIn(JSON.stringify(whole)), expected);
  });
});
