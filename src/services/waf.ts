import { effectiveScopes } from '../clients/aws/scopes.ts';
import type { AwsSessions } from '../clients/aws/sessions.ts';
import { AwsWaf } from '../clients/aws/waf.ts';
import type { WafReader } from '../domain/waf/reader.ts';
import { setting } from '../ui/settings.ts';

/** WAF and load balancers of all scopes, with the same sign-in as the alarms. */
export function createWaf(sessions: AwsSessions): WafReader {
  return new AwsWaf({ sessions, scopes: () => effectiveScopes(setting('jarvis.aws.scopes'), process.env) });
}
