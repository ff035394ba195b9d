import type { Remediation } from './remediation.ts';
import { scaleHpa } from './scale-hpa/scale-hpa.ts';

/** Every remedy that Jarvis knows, under the name by which plans, settings and the journal call it. A new one is a folder and a line here. */
export const remediations = { scaleHpa } satisfies Readonly<Record<string, Remediation>>;
export type RemediationId = keyof typeof remediations;
