import { JarvisError } from '../../src/core/errors.ts';
import type { JsonObject } from '../../src/domain/remediation/json.ts';
import type { PlanRequest } from '../../src/domain/remediation/runs.ts';
import { switchWaf } from '../../src/domain/remediation/switch-waf/switch-waf.ts';
import { arnAnnotation } from '../../src/domain/waf/sources.ts';
import { FakeCluster } from './builders/kubernetes.ts';
import { prod } from './builders/remediation.ts';
import { aServedIngress, aWebAcl, FakeProber, FakeWaf } from './builders/waf.ts';
import { FakeClock } from './fake-clock.ts';

const { signal } = new AbortController();
const pointer = { cluster: prod, kind: 'Ingress', namespace: 'sock-shop', name: 'shop' } as const;
/** Those that WAF has. */
export const [allow, deny] = [aWebAcl(), aWebAcl('deny-waf')];
export const forbidden = new JarvisError({ code: 'kube.forbidden', message: 'mina cannot patch' });

/** An ingress behind `allow-waf`, of a class with these parameters. */
export function aSwitch(
  ingress = aServedIngress({ annotations: { [arnAnnotation]: allow.arn } }),
  classParams?: JsonObject,
) {
  const cluster = new FakeCluster(prod);
  const waf = new FakeWaf([allow, deny]);
  const prober = new FakeProber();
  const controller = { value: 'ingress.k8s.aws/alb' };
  /** What the cluster answers of other kinds: an object, a list or an error. */
  const answers: Record<string, JsonObject | Error> = {};
  cluster.read = ({ kind }) => {
    const answer = answers[kind];
    if (answer) return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    if (kind === 'IngressClass')
      return Promise.resolve({ spec: { controller: controller.value, parameters: { name: 'shared' } } });
    if (kind === 'IngressClassParams')
      return Promise.resolve({ metadata: { name: 'shared' }, spec: classParams ?? {} });
    return Promise.reject(new JarvisError({ code: 'kube.notFound', message: `no ${kind}` }));
  };
  const inspector = { read: () => Promise.resolve(ingress), dryRun: () => Promise.reject(forbidden) };
  const context = { planId: 'jv-waf', cluster, inspector, waf, prober, clock: new FakeClock() };
  const draft = (inputs: JsonObject = { webAcl: deny.arn }) =>
    switchWaf.draft({ remediation: 'switchWaf', pointer, inputs } satisfies PlanRequest, context, signal);
  const effects = async (inputs?: JsonObject) => (await draft(inputs)).effects.map(({ text }) => text).join('\n');
  return { waf, prober, controller, answers, context, draft, effects };
}
