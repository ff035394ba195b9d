import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { change } from '../update-waf/index.mjs';

const annotation = 'alb.ingress.kubernetes.io/wafv2-acl-arn';
const arn = 'arn:aws:wafv2:ap-northeast-2:123456789012:regional/webacl/deny/12345678-1234-1234-1234-123456789012';
const switched = (values) => change({ target: { kind: 'Ingress', namespace: 'shop', name: 'web' }, values });

describe('update-waf', () => {
  it('changes the annotation alone', () => {
    const { path, patch } = switched({ annotation, web_acl: arn });
    assert.equal(path, '/apis/networking.k8s.io/v1/namespaces/shop/ingresses/web');
    assert.deepEqual(patch, { metadata: { annotations: { [annotation]: arn } } });
    assert.ok(switched({ annotation, web_acl: 'none' }));
  });

  it('takes no other annotation, and no Web ACL of CloudFront', () => {
    for (const other of [undefined, 'kubernetes.io/ingress.class', `${annotation} `])
      assert.throws(() => switched({ annotation: other, web_acl: arn }), /annotation/);
    for (const web_acl of [undefined, '', arn.replace('regional', 'global'), 'a b'])
      assert.throws(() => switched({ annotation, web_acl }), /web_acl/);
  });
});
