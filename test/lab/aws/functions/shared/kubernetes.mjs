import { connect } from 'node:http2';
import { Refusal } from './remedy.mjs';

/**
 * Patches the planned object, and only that: a server refuses to change a UID, so an object of the same name that was made
 * since stays as it is. The object says afterwards which plan has changed it. The same plan may come twice (AWS tries an asynchronous event again): then nothing changes anew.
 * @param path the object's path in the API: `/apis/GROUP/VERSION/namespaces/NAMESPACE/RESOURCE/NAME`
 * @param change a JSON merge patch
 */
export async function patch({ planId, target }, path, change) {
  const annotations = { ...change.metadata?.annotations, 'jarvis.dev/plan': planId };
  const guarded = { ...change, metadata: { ...change.metadata, annotations, uid: target.uid } };
  const { status, text } = await call(target, 'PATCH', path, guarded);
  if (status === 200) return;
  if ([404, 409, 422].includes(status))
    throw new Refusal(`${target.name} is not as it was planned for: ${reason(text)}`);
  if ([401, 403].includes(status)) throw new Refusal(`the function may not do this: ${reason(text)}`);
  throw new Error(`the API server answered ${status}: ${reason(text)}`);
}

/** The path of an object; names are data. */
export function objectPath(group, resource, { namespace, name }) {
  const [ns, object] = [namespace, name].map(encodeURIComponent);
  return `/apis/${group}/namespaces/${ns}/${resource}/${object}`;
}

function reason(text) {
  try {
    return String(JSON.parse(text).message).slice(0, 300);
  } catch {
    return text.slice(0, 300);
  }
}

/** The one cluster that the function is for: its name and its access are the function's configuration, never the event's. */
async function call({ cluster }, method, path, body) {
  const { CLUSTER, KUBERNETES_SERVER, KUBERNETES_CA, KUBERNETES_TOKEN } = process.env;
  if (cluster !== CLUSTER) throw new Refusal(`this function is for the cluster ${CLUSTER}, not for ${cluster}`);
  const session = connect(KUBERNETES_SERVER, { ca: KUBERNETES_CA });
  try {
    return await ask(session, body, {
      ':method': method,
      ':path': `${path}?fieldManager=jarvis-lambda`,
      authorization: `Bearer ${KUBERNETES_TOKEN}`,
      'content-type': 'application/merge-patch+json',
    });
  } finally {
    session.destroy();
  }
}

function ask(session, body, headers) {
  return new Promise((resolve, reject) => {
    session.on('error', reject);
    const stream = session.request(headers);
    let status;
    let text = '';
    stream.setEncoding('utf8');
    stream.setTimeout(10_000, () => stream.destroy(new Error('the API server does not answer')));
    stream.on('response', (answer) => (status = answer[':status']));
    stream.on('data', (chunk) => (text += chunk));
    stream.on('end', () => resolve({ status, text }));
    stream.on('error', reject);
    stream.end(JSON.stringify(body));
  });
}
