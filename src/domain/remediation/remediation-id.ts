/** How plans, settings and the journal call a remedy. */
export type RemediationId = 'scaleHpa' | 'restart' | 'switchWaf' | 'rollback';
