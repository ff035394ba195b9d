import * as v from 'valibot';
import { accountId, region } from '../aws/ministack.ts';
import type { AccessEntry } from './eks.ts';
import { clusterName } from './kubeconfig.ts';
import { dateOf, isPresigned } from './signatures.ts';

const Review = v.object({ spec: v.object({ token: v.string() }) });
/** After it was signed. Source: aws-iam-authenticator, presignedURLExpiration. */
const validForMs = 15 * 60_000;

/** Answers a TokenReview (authentication.k8s.io/v1) as EKS does for a token that AWS has signed for this cluster. */
export async function review(body: string, entries: ReadonlyMap<string, AccessEntry>): Promise<object> {
  const { spec } = v.parse(Review, JSON.parse(body));
  const entry = await ownerOf(spec.token, entries);
  const status = entry
    ? { authenticated: true, user: { username: sessionOf(entry), groups: [entry.group] } }
    : { authenticated: false };
  return { apiVersion: 'authentication.k8s.io/v1', kind: 'TokenReview', status };
}

async function ownerOf(token: string, entries: ReadonlyMap<string, AccessEntry>): Promise<AccessEntry | undefined> {
  const [, encoded = ''] = /^k8s-aws-v1\.([\w-]+)$/.exec(token) ?? [];
  const text = Buffer.from(encoded, 'base64url').toString('utf8');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.origin !== `https://sts.${region}.amazonaws.com` || url.pathname !== '/') return undefined;
  const asked = url.searchParams;
  if (asked.get('Action') !== 'GetCallerIdentity' || !isRecent(asked.get('X-Amz-Date') ?? '')) return undefined;
  const entry = entries.get(asked.get('X-Amz-Credential')?.split('/')[0] ?? '');
  const ours = { 'x-k8s-aws-id': clusterName };
  return entry && (await isPresigned(url, ours, 'sts', entry.credentials)) ? entry : undefined;
}

function isRecent(date: string): boolean {
  return Math.abs(Date.now() - dateOf(date).getTime()) < validForMs;
}

const sessionOf = ({ role }: AccessEntry) => `arn:aws:sts::${accountId}:assumed-role/${role}/${role}`;
