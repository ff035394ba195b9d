import { ask, hostOf, ownRole, presigned } from './aws.mjs';
import { Refusal } from './remedy.mjs';

/**
 * The one cluster that the function is for, and the function's sign-in to it. Both come from its configuration and AWS;
 * of what an event says they are only compared. @returns {Promise<{server: string, authority: string, token: string}>}
 */
export async function signIn({ cluster, server }) {
  const name = process.env.CLUSTER;
  if (eksName(cluster) !== name) throw new Refusal(`this function is for the cluster ${name}, not for ${cluster}`);
  const { endpoint, certificateAuthority } = await describe(name);
  if (originOf(server) !== originOf(endpoint))
    throw new Refusal(`the plan is for ${server}, and the cluster ${name} answers at ${endpoint}`);
  const authority = Buffer.from(certificateAuthority.data, 'base64').toString('utf8');
  return { server: endpoint, authority, token: tokenFor(name) };
}

/** A kubeconfig calls an EKS cluster by its ARN, `NAME.REGION.eksctl.io`, or its own name. */
function eksName(cluster) {
  return cluster.split('/').at(-1).split('.')[0];
}

function originOf(address) {
  return URL.canParse(address) ? new URL(address).origin : address;
}

/** Source: Amazon EKS API reference, DescribeCluster. */
async function describe(name) {
  const { status, text } = await ask(
    { name: 'eks', variable: 'EKS' },
    { path: `/clusters/${encodeURIComponent(name)}` },
  );
  const told = status === 200 || status === 403 || status === 404;
  if (!told) throw new Error(`EKS answered ${status}: ${text.slice(0, 300)}`);
  const { cluster, message } = JSON.parse(text);
  if (status !== 200) throw new Refusal(`EKS does not tell where the cluster is: ${message}`);
  if (!cluster.endpoint) throw new Refusal(`the cluster ${name} is ${cluster.status}`);
  return cluster;
}

/**
 * What EKS takes for a bearer token: who can ask STS "who am I?" by it, for this cluster, is whom STS says.
 * Source: aws-iam-authenticator's README, "API authorization from outside a cluster".
 */
export function tokenFor(cluster, at = new Date()) {
  const role = ownRole();
  const address = `https://${hostOf('sts', role.region)}/?Action=GetCallerIdentity&Version=2011-06-15`;
  const url = presigned(address, { 'x-k8s-aws-id': cluster }, { ...role, service: 'sts', at }, 60);
  return `k8s-aws-v1.${Buffer.from(url).toString('base64url')}`;
}
