import assert from 'node:assert/strict';
import { JarvisError } from '../../../../src/core/errors.ts';
import { failed } from '../../../../src/core/loadable.ts';
import type { ExpectationCheck } from '../../../../src/domain/remediation/expectation.ts';
import { aDeployment, anHpa } from '../../../support/builders/kubernetes.ts';
import { aLoadBalancer, aWebAcl } from '../../../support/builders/waf.ts';
import { aWorld, rawHpa } from '../../../support/observer-world.ts';

const cpu = (current: number) => [
  { type: 'Resource', name: 'cpu', targetKind: 'Utilization', target: 50, current } as const,
];

describe('the observer', () => {
  it('sees the Web ACL that WAF has, and never one that was deleted meanwhile', async () => {
    const deny = aWebAcl('deny-waf');
    const world = aWorld({ kind: 'webAcl', loadBalancer: aLoadBalancer(), arn: deny.arn });
    assert.equal(await world.last(), 'not met: allow-waf');
    world.waf.acls = [];
    world.waf.before = undefined;
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'not met: no Web ACL');
    world.waf.before = deny;
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'met: deny-waf');
    await world.end();
  });

  it('sees what visitors get, and says why nobody answers', async () => {
    const entrance = { url: 'http://shop.example.com/', address: '203.0.113.7' };
    const world = aWorld({ kind: 'entrance', entrance, is: 'blocked', blocked: { status: 403 } });
    assert.equal(await world.last(), 'not met: 200 after 7 ms');
    world.prober.answer = () => new JarvisError({ code: 'probe.timeout', message: 'It hangs.' });
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'not met: It hangs.');
    world.prober.answer = () => ({ status: 403 });
    await world.clock.advance(60_000);
    assert.equal(await world.last(), 'met: 403 after 7 ms');
    await world.end();
  });

  describe('of a field', () => {
    const check: ExpectationCheck = { kind: 'field', path: 'spec.maxReplicas', equals: 10 };

    it('looks when the watch tells of a change, and lets the watch go at the end', async () => {
      const { hpas, server, last, cluster, end } = aWorld(check);
      hpas.has(anHpa());
      assert.equal(await last(), 'not met: 4');
      server.object = rawHpa(10);
      hpas.has(anHpa({ resourceVersion: '101' }));
      assert.equal(await last(), 'met: 10');
      await end();
      assert.equal(cluster.leases, 0);
    });

    it('is not met by another object of the same name', async () => {
      const { hpas, server, last, end } = aWorld(check);
      server.object = rawHpa(10, 'another-uid');
      hpas.has(anHpa());
      assert.match(await last(), /not met: front-end was made anew/);
      await end();
    });

    it('says that the object was deleted, that it cannot look, and looks again after', async () => {
      const { hpas, server, last, end } = aWorld(check);
      hpas.has();
      assert.equal(await last(), 'not met: front-end was deleted');
      const offline = new JarvisError({ code: 'kube.unreachable', message: 'the server is away' });
      hpas.becomes(failed(hpas.objects, offline, 0));
      assert.equal(await last(), 'not met: the server is away');
      server.object = offline;
      hpas.has(anHpa());
      assert.equal(await last(), 'not met: the server is away');
      server.object = rawHpa(10);
      hpas.has(anHpa({ resourceVersion: '102' }));
      assert.equal(await last(), 'met: 10');
      await end();
    });
  });

  describe('of replicas', () => {
    it('wants them ready, not only wished for', async () => {
      const { hpas, deployments, last, end } = aWorld({ kind: 'replicasReady', of: 'Deployment', atLeast: 10 });
      deployments.has(aDeployment({ ready: 4 }));
      hpas.has(anHpa({ maxReplicas: 10, desiredReplicas: 10 }));
      assert.equal(await last(), 'not met: 4 of 10 ready');
      deployments.has(aDeployment({ ready: 10 }));
      assert.equal(await last(), 'met: 10 of 10 ready');
      await end();
    });

    it('looks at what the HPA scales, and says why it cannot', async () => {
      const { hpas, cluster, deployments, last, end } = aWorld({
        kind: 'replicasReady',
        of: 'StatefulSet',
        atLeast: 3,
      });
      const { statefulsets } = cluster.stores;
      hpas.has(anHpa({ desiredReplicas: 3, target: { kind: 'StatefulSet', name: 'front-end' } }));
      assert.equal(await last(), 'not met: its pods are not known yet');
      deployments.has(aDeployment({ ready: 3 }));
      statefulsets.has();
      assert.equal(await last(), 'not met: front-end is not there');
      statefulsets.becomes({
        state: 'failed',
        error: new JarvisError({ code: 'kube.forbidden', message: 'no right' }),
      });
      assert.equal(await last(), 'not met: no right');
      statefulsets.has(aDeployment({ ready: 3 }));
      assert.equal(await last(), 'met: 3 of 3 ready');
      await end();
      assert.equal(cluster.leases, 0);
    });

    it('is content with fewer when the load has gone', async () => {
      const { hpas, deployments, last, end } = aWorld({ kind: 'replicasReady', of: 'Deployment', atLeast: 10 });
      deployments.has(aDeployment({ ready: 4 }));
      hpas.has(anHpa({ desiredReplicas: 4, metrics: cpu(40) }));
      assert.match(await last(), /^met/);
      await end();
    });
  });

  it('of a metric waits until it is at most what was promised', async () => {
    const { hpas, last, end } = aWorld({ kind: 'utilization', metric: 'cpu', atMost: 55 });
    hpas.has(anHpa({ metrics: [] }));
    assert.equal(await last(), 'not met: no value yet');
    hpas.has(anHpa({ metrics: cpu(56) }));
    assert.equal(await last(), 'not met: 56 %');
    hpas.has(anHpa({ metrics: cpu(55) }));
    assert.equal(await last(), 'met: 55 %');
    await end();
  });

  it('of an alarm asks CloudWatch itself, again after trouble, and knows that deleted is not OK', async () => {
    const { server, clock, last, end } = aWorld({ kind: 'alarmOk', alarm: { arn: 'arn', scope: 'prod' } });
    assert.equal(await last(), 'not met: ALARM');
    server.alarm = new JarvisError({ code: 'aws.throttled', message: 'slow down' });
    await clock.advance(5_000);
    assert.equal(await last(), 'not met: slow down');
    server.alarm = new DOMException('the connection was aborted', 'AbortError');
    await clock.advance(5_000);
    assert.equal(await last(), 'not met: the connection was aborted');
    server.alarm = undefined;
    await clock.advance(5_000);
    assert.match(await last(), /not met: the alarm was deleted/);
    server.alarm = 'OK';
    await clock.advance(5_000);
    assert.equal(await last(), 'met: OK');
    await end();
    assert.equal(clock.pending, 0);
  });
});
