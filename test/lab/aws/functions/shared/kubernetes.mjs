import { connect } from 'node:http2';
import { Refusal } from './remedy.mjs';

/**
 * Patches the planned object: the server refuses the whole patch when the object of that name is another one. The same
 * plan may come twice (AWS tries an asynchronous event again): then the second patch changes nothing.
 * @param path the object's path in the API: `/apis/GROUP/VERSION/namespaces/NAMESPACE/RESOURCE/NAME`
 */
export async function patch(target, path, operations) {
  const guard = { op: 'test', path: '/metadata/uid', value: target.uid };
  const { status, text } = await call(target, 'PATCH', path, [guard, ...operations]);
  if (status === 200) return;
  if (status === 404 || status === 422)
    throw new Refusal(`${target.name} is not the object of the plan: ${reason(text)}`);
  if (status === 401 || status === 403) throw new Refusal(`the function may not do this: ${reason(text)}`);
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
      'content-type': 'application/json-patch+json',
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
