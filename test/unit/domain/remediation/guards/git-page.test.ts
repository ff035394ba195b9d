import assert from 'node:assert/strict';
import { gitPlaceOf } from '../../../../../src/domain/remediation/guards/git-page.ts';
import type { JsonObject } from '../../../../../src/domain/remediation/json.ts';

const page = (source: JsonObject) => gitPlaceOf({ spec: { source } })?.page;
const repoURL = 'https://github.com/acme/shop';

describe('the place in Git of an Argo CD application', () => {
  it('is a page of GitHub, however the repository is written', () => {
    for (const url of [repoURL, `${repoURL}.git`, 'git@github.com:acme/shop.git', 'ssh://git@github.com/acme/shop.git'])
      assert.equal(page({ repoURL: url, path: 'deploy' }), 'https://github.com/acme/shop/tree/HEAD/deploy', url);
    assert.match(
      page({ repoURL: 'https://github.example.com/a/b', path: '.' }) ?? '',
      /^https:\/\/github\.example\.com\//,
    );
  });

  it('is the values file where there is one, the last of them', () => {
    const helm = { valueFiles: ['values.yaml', '../values-prod.yaml'] };
    assert.equal(
      page({ repoURL, path: 'charts/shop', targetRevision: 'v1', helm }),
      'https://github.com/acme/shop/blob/v1/charts/values-prod.yaml',
    );
    for (const odd of ['$values/prod.yaml', 'https://evil.example/x', '/etc/passwd'])
      assert.equal(
        page({ repoURL, path: 'c', helm: { valueFiles: [odd] } }),
        'https://github.com/acme/shop/tree/HEAD/c',
      );
  });

  it('is the first source that is a folder', () => {
    const sources = [
      { repoURL: 'https://charts.example', chart: 'shop' },
      { repoURL, path: 'deploy' },
    ];
    assert.equal(gitPlaceOf({ spec: { sources } })?.page, 'https://github.com/acme/shop/tree/HEAD/deploy');
    const source = { repoURL: 'https://github.com/acme/ignored', path: '.' };
    assert.match(gitPlaceOf({ spec: { source, sources } })?.page ?? '', /acme\/shop/, 'as Argo CD does');
    assert.equal(gitPlaceOf({ spec: { source, sources: sources.slice(0, 1) } }), undefined);
  });

  it('is words alone on other hosts, and shows no secret of the address', () => {
    const place = gitPlaceOf({
      spec: { source: { repoURL: 'https://me:token@git.example/acme/shop.git', path: 'a b' } },
    });
    assert.deepEqual(place, { text: 'git.example/acme/shop/a%20b' });
  });

  it('cannot be led elsewhere by what an application says', () => {
    const hostile = [
      { repoURL: 'javascript:alert(1)', path: 'x' },
      { repoURL: 'file:///etc', path: 'x' },
      { repoURL: 'https://github.com.evil.example/a/b', path: 'x' },
      { repoURL: 'https://github.com@evil.example/a/b', path: 'x' },
      { repoURL: 'https://github.com/a/b/../../../evil', path: 'x' },
      { repoURL: 7, path: {} },
    ] as unknown as JsonObject[];
    for (const source of hostile) assert.equal(page(source), undefined, JSON.stringify(source));
    const climbing = page({ repoURL, path: '../../../../evil/repo', targetRevision: '../../x?y#z' }) ?? '';
    assert.ok(new URL(climbing).pathname.startsWith('/acme/shop/'), climbing);
    for (const spec of [undefined, null, 7, [], { source: 'x' }, { sources: 'x' }, { sources: [null, 7] }])
      assert.equal(gitPlaceOf({ spec }), undefined);
  });
});
