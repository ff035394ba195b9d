import { remedy } from '../shared/remedy.mjs';
import { dispatched } from '../shared/workflow.mjs';

/** Rollback: Helm does not run here, so this starts the workflow. It does so for each remedy that `WORKFLOWS` names one for. */
export const handler = remedy(dispatched);
