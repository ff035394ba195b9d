import assert from 'node:assert/strict';
import { aContainer } from '../../../support/builders/kubernetes.ts';
import { findingsOn, minute, noon, sentencesOn } from '../../../support/attention.ts';
import { started, ready, podOf, unhealthy } from '../../../support/troubled-pods.ts';

describe('a pod whose probe fails', () => {
  for (const [message, said] of [
    ['Readiness probe failed: HTTP probe failed with statuscode: 503', 'readiness probe: it answers HTTP 503'],
    [
      'Liveness probe failed: Get "http://10.0.0.1:80/": dial tcp 10.0.0.1:80: connect: connection refused',
      'liveness probe: nothing listens on the port',
    ],
    [
      'Startup probe failed: Get "http://10.0.0.1/": context deadline exceeded (Client.Timeout exceeded while awaiting headers)',
      'startup probe: no answer in time',
    ],
    [
      'Readiness probe failed: service unhealthy (responded with "NOT_SERVING")',
      'readiness probe: it answers NOT_SERVING',
    ],
    ["Liveness probe failed: cat: can't open '/tmp/healthy'", "liveness probe: cat: can't open '/tmp/healthy'"],
    ['Readiness probe errored and resulted in unknown state: rpc error', 'readiness probe: rpc error'],
  ] as const)
    it(`fails its ${said}`, () => {
      const [finding] = findingsOn([
        ['pods', podOf(aContainer(), { conditions: [ready('False', noon - 5 * minute)] })],
        ['warnings', unhealthy(message)],
      ]);
      assert.equal(finding?.sentence, `front-end-0 fails its ${said}`);
      assert.equal(finding.times, 7);
      assert.match(finding.detail()[0] ?? '', said.startsWith('readiness') ? /no requests/ : /restarts the container/);
    });

  it('fails the probe that restarts it, whichever was told last', () => {
    const [first] = sentencesOn([
      ['pods', podOf(aContainer())],
      ['warnings', unhealthy('Readiness probe failed: x', { uid: 'a', lastAt: noon })],
      ['warnings', unhealthy('Liveness probe failed: x', { uid: 'b' })],
    ]);
    assert.equal(first, 'front-end-0 fails its liveness probe: x');
  });

  it('no longer fails a probe once it is ready, or when nothing more is heard', () => {
    const recovered = podOf(aContainer(), { conditions: [ready('True', noon)] });
    const said = unhealthy('Readiness probe failed: x');
    assert.deepEqual(
      sentencesOn([
        ['pods', recovered],
        ['warnings', said],
      ]),
      [],
    );
    assert.deepEqual(
      sentencesOn(
        [
          ['pods', podOf(aContainer(), { conditions: [ready('True', started)] })],
          ['warnings', said],
        ],
        noon + 10 * minute,
      ),
      [],
    );
  });
});
