import * as v from 'valibot';
import { JarvisError } from '../../../core/errors.ts';
import { t } from '../../../core/l10n.ts';
import type { AwsIdentity, AwsScope } from '../../../domain/alarms/model.ts';
import type { Intent } from '../../../domain/remediation/route.ts';
import { addressOf, arnOf } from '../../aws/function-arn.ts';
import type { LambdaEvent, LambdaRequest } from './payload.ts';

export interface LambdaRouteSettings {
  /** By remediation: the function's name or ARN, alone or with more (see {@link functionSchema}). */
  readonly functions: Readonly<Record<string, unknown>>;
  readonly scopes: readonly AwsScope[];
  /** Where a function starts its workflows, if it does. */
  readonly github: {
    readonly apiUrl: string;
    readonly repository: string;
    readonly workflows: Readonly<Record<string, string>>;
  };
}

const functionSchema = v.object({
  function: v.string(),
  mode: v.optional(v.picklist(['request', 'async']), 'request'),
  /** The label of one of the scopes; needed where there are several. */
  scope: v.optional(v.string()),
});

/**
 * Everything about the plan's invocation, from the settings of this moment and whoever the credentials belong to.
 * @throws JarvisError `lambda.notConfigured`, `lambda.scopeMissing`
 */
export async function pinned(
  intent: Intent,
  { functions, scopes, github }: LambdaRouteSettings,
  identify: (scope: AwsScope) => Promise<AwsIdentity>,
): Promise<LambdaRequest> {
  const written = functions[intent.remediation];
  const parsed = v.safeParse(functionSchema, typeof written === 'string' ? { function: written } : written);
  if (!parsed.success) throw unset(intent);
  const { function: nameOrArn, mode, scope: label } = parsed.output;
  const scope = scopeOf(scopes, label);
  const { account, region } = await identify(scope);
  const address = addressOf(nameOrArn, { account, region });
  if (!address) throw unset(intent);
  const [owner = '', repo = ''] = github.repository.split('/');
  const workflow = github.workflows[intent.remediation]?.split('/').at(-1) ?? '';
  const { profile, endpointUrl } = scope;
  return {
    scope: { label: scope.label, region, ...(profile && { profile }), ...(endpointUrl && { endpointUrl }) },
    account,
    arn: arnOf(address),
    mode,
    event: eventOf(intent),
    githubApiUrl: github.apiUrl,
    ...(repo !== '' && workflow !== '' && { workflow: { apiUrl: github.apiUrl, owner, repo, workflow } }),
  };
}

function eventOf({ planId, remediation, target, values, plannedFor }: Intent): LambdaEvent {
  const { cluster, namespace, kind, name, uid } = target;
  return {
    version: 1,
    planId,
    remediation,
    target: { cluster: cluster.cluster, context: cluster.context, server: cluster.server, namespace, kind, name, uid },
    values,
    plannedFor,
  };
}

/** Never a guess: where there are several, the setting says which. */
function scopeOf(scopes: readonly AwsScope[], label: string | undefined): AwsScope {
  const named = scopes.find((scope) => scope.label === label);
  const [only] = scopes;
  if (named) return named;
  if (label === undefined && only && scopes.length === 1) return only;
  const message =
    label === undefined && only
      ? t('There are several AWS scopes: jarvis.remediation.functions does not say which one the function is in.')
      : t('There is no AWS scope {0} to sign in with.', label ?? '');
  const setting = only ? 'jarvis.remediation.functions' : 'jarvis.aws.scopes';
  throw new JarvisError({ code: 'lambda.scopeMissing', message, remedies: [{ kind: 'openSetting', setting }] });
}

function unset({ remediation }: Intent): JarvisError {
  const setting = 'jarvis.remediation.functions';
  const message = t('{0} names no function for {1}: neither a name nor an ARN.', setting, remediation);
  return new JarvisError({ code: 'lambda.notConfigured', message, remedies: [{ kind: 'openSetting', setting }] });
}
