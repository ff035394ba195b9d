import type { RemediationId } from './remediation-id.ts';
import type { Remediation } from './remediation.ts';
import { restart } from './restart/restart.ts';
import { rollback } from './rollback/rollback.ts';
import { scaleHpa } from './scale-hpa/scale-hpa.ts';
import { switchWaf } from './switch-waf/switch-waf.ts';

/** Every remedy that Jarvis knows. A new one is a folder, its id and a line here. */
export const remediations: Readonly<Record<RemediationId, Remediation>> = { scaleHpa, restart, switchWaf, rollback };
