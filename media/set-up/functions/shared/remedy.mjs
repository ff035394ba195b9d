/**
 * What Jarvis sends and is answered, version 1:
 *
 *   event   {version, planId, remediation, target: {cluster, context, server, namespace, kind, name, uid}, values,
 *           plannedFor}
 *   answer  {version, planId, status: 'done' | 'accepted' | 'failed', message?, run?: {repository, id? | url? | workflow?}}
 */

/** Why a plan is not carried out, in words for the person who made it. Nothing was changed. */
export class Refusal extends Error {}

/** A handler: `work` gets the event and returns the answer's `status`, `message` and `run`. */
export function remedy(work) {
  return async (event) => {
    const { version, planId } = event;
    const answer = (rest) => ({ version: 1, planId, ...rest });
    if (version !== 1) return answer({ status: 'failed', message: `version ${version} of the payload is not known` });
    const { kind, namespace, name } = event.target;
    console.log(`plan ${planId}: ${event.remediation} of ${kind} ${namespace}/${name}`);
    try {
      return answer(await work(event));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return answer({ status: 'failed', message: error.message });
    }
  };
}

/** A value that must be a whole number. */
export function wholeNumber(values, name, { min, max }) {
  const value = Number(values[name]);
  if (/^\d+$/.test(values[name] ?? '') && value >= min && value <= max) return value;
  throw new Refusal(`${name} must be a whole number from ${min} to ${max}`);
}
