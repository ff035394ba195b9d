import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { kubectlGet, kubectlShell, shellCommand } from '../../../../src/domain/kubernetes/kubectl.ts';
import { hostileNames } from '../../../support/hostile.ts';
import { apiKinds } from '../../../../src/domain/kubernetes/api-kinds.ts';
import { parsePorts, podPorts, proposedPorts, servicePorts } from '../../../../src/domain/kubernetes/ports.ts';

describe('a command to copy', () => {
  it('stays the words that it was, whatever they hold, in a real shell', () => {
    const words = ['$(id)', '`id`', "it's", '"quoted"', 'a b', '', '\\', '*', '~', '!x', ';|&<>', '--flag=x y', '한글'];
    const script = shellCommand(['printf', '%s\\n', ...words]);
    assert.deepEqual(execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\n').slice(0, -1), words);
  });

  it('sets variables for the command', () => {
    assert.equal(shellCommand(['kubectl'], { KUBECONFIG: '/a b/c' }), "KUBECONFIG='/a b/c' kubectl");
  });

  it('is refused where a terminal would obey a part of it', () => {
    for (const name of ['a\u0003b', 'a\u001b[201~b', 'a\nb'])
      assert.throws(() => shellCommand([name]), { code: 'objects.unprintable' });
  });

  it('pins context and namespace, and takes no name for an option', () => {
    const cluster = { context: 'prod seoul', server: 'https://s', cluster: 'c' };
    const hpa = { cluster, ...apiKinds.horizontalpodautoscalers, namespace: 'shop', name: '--help', uid: 'u' };
    assert.deepEqual(kubectlGet(hpa), [
      '--context=prod seoul',
      '-n',
      'shop',
      'get',
      'horizontalpodautoscalers.autoscaling/--help',
    ]);
    const node = { cluster, ...apiKinds.nodes, namespace: '', name: 'n', uid: 'u' };
    assert.deepEqual(kubectlGet(node), ['--context=prod seoul', 'get', 'nodes/n']);
  });
});

describe('a shell in a container', () => {
  it('is asked for with words that no name can turn into others', () => {
    for (const name of Object.values(hostileNames)) {
      const cluster = { context: name, server: 'https://s', cluster: 'c' };
      const args = kubectlShell({ cluster, ...apiKinds.pods, namespace: name, name, uid: 'u' }, name);
      assert.deepEqual(args.slice(0, 3), [`--context=${name}`, `--namespace=${name}`, 'exec']);
      assert.deepEqual(args.slice(5, 10), [`pod/${name}`, `--container=${name}`, '--', 'sh', '-c']);
      assert.ok(!args.slice(10).some((word) => word.includes(name)));
      assert.equal(args.length, 11);
    }
  });
});

describe('ports to forward', () => {
  const pod = {
    spec: {
      containers: [
        {
          ports: [
            { containerPort: 8079, name: 'http' },
            { containerPort: 53, protocol: 'UDP' },
          ],
        },
        { ports: [{ containerPort: 9090 }] },
        {},
      ],
    },
  };

  it('are those that a pod declares, but for UDP', () => {
    assert.deepEqual(podPorts(pod), [
      { port: 8079, target: 8079, name: 'http' },
      { port: 9090, target: 9090, name: '' },
    ]);
  });

  it('lead from a service’s port to the pod’s, by number, by name or by being the same', () => {
    const ports = [
      { port: 80, targetPort: 'http' },
      { port: 81, targetPort: 9090, name: 'metrics' },
      { port: 82 },
      { port: 83, targetPort: 'unknown' },
    ];
    assert.deepEqual(servicePorts({ spec: { ports } }, pod), [
      { port: 80, target: 8079, name: '' },
      { port: 81, target: 9090, name: 'metrics' },
      { port: 82, target: 82, name: '' },
    ]);
  });

  it('are read as kubectl takes them, and nothing else is', () => {
    assert.deepEqual(parsePorts('8080:80'), { local: 8080, remote: 80 });
    assert.deepEqual(parsePorts(' 80 '), { local: 80, remote: 80 });
    assert.deepEqual(parsePorts(':80'), { local: 0, remote: 80 });
    for (const wrong of ['', ':', '80:', 'http', '70000', '80:0', '-1:80', '1:2:3', '80:70000'])
      assert.equal(parsePorts(wrong), undefined, wrong);
  });

  it('are proposed where anybody may listen', () => {
    assert.equal(proposedPorts({ port: 80, target: 80, name: '' }), '8080:80');
    assert.equal(proposedPorts({ port: 9090, target: 9090, name: '' }), '9090:9090');
  });
});
