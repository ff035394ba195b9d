import { createHash } from 'node:crypto';
import * as v from 'valibot';
import { ApiError } from '../errors.ts';

const content = v.object({ offset: v.pipe(v.number(), v.integer(), v.minValue(1)), of: v.string() });

/** Where the page that a token asks for begins; 0 without a token. @throws ApiError InvalidNextToken for a token of another request */
export function offsetOf(token: string | undefined, request: object): number {
  if (token === undefined) return 0;
  const parsed = v.safeParse(content, decoded(token));
  if (!parsed.success || parsed.output.of !== digest(request))
    throw new ApiError('InvalidNextToken', 'The next token is not valid for this request.');
  return parsed.output.offset;
}

export function tokenFor(offset: number, request: object): string {
  return Buffer.from(JSON.stringify({ offset, of: digest(request) })).toString('base64url');
}

/** The page of `items` that the request asks for, and the token of the next one if there is more. */
export function pageOf<T>(items: readonly T[], size: number, request: { readonly NextToken?: string }) {
  const offset = offsetOf(request.NextToken, request);
  const end = offset + size;
  return { page: items.slice(offset, end), ...(end < items.length && { NextToken: tokenFor(end, request) }) };
}

/** A token belongs to the request without its token and page size. */
function digest(request: object): string {
  const rest = { ...request, NextToken: undefined, MaxRecords: undefined };
  return createHash('sha256').update(JSON.stringify(rest)).digest('base64url').slice(0, 16);
}

function decoded(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString());
  } catch {
    return undefined;
  }
}
