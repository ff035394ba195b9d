import { request } from 'node:https';
import { signIn } from './eks.mjs';
import { Refusal } from './remedy.mjs';

/**
 * Patches the planned object, and only that: a server refuses to change a UID, so an object of the same name that was made
 * since stays as it is. The object says afterwards which plan has changed it. The same plan may come twice (AWS tries an
 * asynchronous event again): then nothing changes anew.
 * @param event what the function was given
 * @param change the object's `path` in the API, the JSON merge `patch`, and the `message` that says what is so then
 * @returns the answer's status and message
 */
export async function patched({ planId, target }, { path, patch, message }) {
  // without one the server would take the object for the one that was meant
  if (!target.uid) throw new Refusal(`the plan does not say which ${target.kind} it was made for`);
  const annotations = { ...patch.metadata?.annotations, 'jarvis.dev/plan': planId };
  const guarded = { ...patch, metadata: { ...patch.metadata, annotations, uid: target.uid } };
  const { status, text } = await call(await signIn(target), path, guarded);
  if ([404, 409, 422].includes(status))
    throw new Refusal(`${target.name} is not as it was planned for: ${reason(text)}`);
  if ([401, 403].includes(status)) throw new Refusal(`the function may not do this: ${reason(text)}`);
  if (status !== 200) throw new Error(`the API server answered ${status}: ${reason(text)}`);
  console.log(`${target.name}: ${message}`);
  return { status: 'done', message };
}

/** The path of an object; names are data, and those that would lead elsewhere are no names to Kubernetes either. */
export function objectPath(group, resource, { namespace, name }) {
  const [ns, object] = [namespace, name].map(encodeURIComponent);
  if ([ns, object].some((part) => /^\.{0,2}$/.test(part)))
    throw new Refusal(`${namespace}/${name} is the name of nothing`);
  return `/apis/${group}/namespaces/${ns}/${resource}/${object}`;
}

function reason(text) {
  try {
    return String(JSON.parse(text).message).slice(0, 300);
  } catch {
    return text.slice(0, 300);
  }
}

function call({ server, authority, token }, path, body) {
  const url = new URL(`${path}?fieldManager=jarvis-lambda`, server);
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/merge-patch+json' };
  const options = { method: 'PATCH', ca: authority, headers, signal: AbortSignal.timeout(10_000) };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, text }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end(JSON.stringify(body));
  });
}
