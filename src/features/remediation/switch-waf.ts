import { isCancelled, toJarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import type { Commands } from '../../contributions.ts';
import { apiKinds } from '../../domain/kubernetes/api-kinds.ts';
import { minutesProblem } from '../../domain/remediation/switch-waf/inputs.ts';
import { aclBefore, situationOf } from '../../domain/remediation/switch-waf/observe.ts';
import type { ObjectPointer } from '../../domain/remediation/target.ts';
import { webAclInWords } from '../../domain/waf/in-words.ts';
import type { LoadBalancer, WebAclRef } from '../../domain/waf/model.ts';
import { noWebAcl } from '../../domain/waf/sources.ts';
import type { Services } from '../../services.ts';
import { type Choice, ask, pick } from '../../ui/prompts.ts';
import { chooseObject } from '../objects/choose-object.ts';
import { planAndShow } from './plan-action.ts';

/** Of so many the rules are read for the list; WAF answers only a few such questions a second. */
const mostDescribed = 20;

/** Switch Web ACL…: of which ingress, to which, for how long, and then the plan. */
export async function switchWaf(services: Services, from: Parameters<Commands['jarvis.switchWaf']>[0]): Promise<void> {
  const pointer = from?.pointer ?? (await chooseIngress(services));
  const title = t('Switch the Web ACL of {0} in {1}', pointer.name, pointer.namespace);
  const webAcl = await pick((signal) => webAclChoices(services, pointer, signal), {
    title,
    placeHolder: t('Which Web ACL shall stand before it?'),
  });
  const minutes = await askMinutes(title);
  const inputs = { webAcl, ...(minutes !== undefined && { minutes }) };
  await planAndShow(services, { remediation: 'switchWaf', pointer, inputs });
}

async function chooseIngress(services: Services): Promise<ObjectPointer> {
  const chosen = await chooseObject(services, {
    title: t('Switch the Web ACL of which ingress?'),
    kinds: ['ingresses'],
  });
  const { cluster, namespace, name } = chosen;
  return { cluster, kind: 'Ingress', namespace, name };
}

/** Those of the load balancer's region, with what they do; the present one says so. */
async function webAclChoices(
  { clusters, waf }: Services,
  pointer: ObjectPointer,
  signal: AbortSignal,
): Promise<readonly Choice<string>[]> {
  const cluster = clusters.cluster(pointer.cluster);
  const ingress = await cluster.read({ ...pointer, ...apiKinds.ingresses, uid: '' }, signal);
  const situation = await situationOf({ cluster, waf }, ingress, signal);
  const { loadBalancer } = situation;
  const now = aclBefore(situation)?.arn ?? noWebAcl;
  const acls = await waf.webAcls(loadBalancer, signal);
  const described = await Promise.all(
    acls.map(async (acl, index): Promise<Choice<string>> => ({
      label: acl.name,
      description: acl.arn === now ? t('now') : '',
      ...(index < mostDescribed && { detail: await inWords(waf, loadBalancer, acl, signal) }),
      value: acl.arn,
    })),
  );
  const none = { label: t('No Web ACL'), description: now === noWebAcl ? t('now') : '', value: noWebAcl };
  return [...described, none];
}

/** One that cannot be read can be chosen all the same: the plan will say why not. */
async function inWords(
  waf: Services['waf'],
  loadBalancer: LoadBalancer,
  { arn }: WebAclRef,
  signal: AbortSignal,
): Promise<string> {
  try {
    return webAclInWords(await waf.webAcl(loadBalancer, arn, signal));
  } catch (error) {
    if (isCancelled(error)) throw error;
    return toJarvisError(error).message;
  }
}

/** Undefined: until somebody switches it back. */
async function askMinutes(title: string): Promise<number | undefined> {
  const after = (minutes: number) => ({ label: t('Back after {0} minutes', minutes), value: minutes });
  const choices: Choice<number | 'stay' | 'type'>[] = [
    { label: t('Until somebody switches it back'), value: 'stay' },
    ...[15, 30, 60].map(after),
    { label: t('Back after…'), value: 'type' },
  ];
  const chosen = await pick(choices, { title, placeHolder: t('For how long?') });
  if (chosen === 'stay') return undefined;
  if (chosen !== 'type') return chosen;
  const prompt = t('Minutes until Jarvis switches it back by itself');
  return Number(await ask({ title, prompt, value: '15', validateInput: minutesProblem }));
}
