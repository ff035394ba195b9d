import type { Answer } from './answers.ts';
import type { Call } from './router.ts';

/** One page of a list under its key, with `total_count` and the Link header. Pages hold 30, at most 100. */
export function page<T>(
  call: Call,
  apiUrl: string,
  key: string,
  all: readonly T[],
  render: (item: T) => unknown,
): Answer {
  const size = Math.min(100, positive(call.query.get('per_page'), 30));
  const current = positive(call.query.get('page'), 1);
  const last = Math.max(1, Math.ceil(all.length / size));
  const items = all.slice((current - 1) * size, current * size).map(render);
  const link = (to: number, rel: string) => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(to));
    return `<${apiUrl}${call.path}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(current > 1 ? [link(current - 1, 'prev'), link(1, 'first')] : []),
    ...(current < last ? [link(current + 1, 'next'), link(last, 'last')] : []),
  ];
  const headers = links.length > 0 ? { link: links.join(', ') } : {};
  return { status: 200, body: { total_count: all.length, [key]: items }, headers };
}

function positive(text: string | null, fallback: number): number {
  const number = Number(text ?? fallback);
  return Number.isInteger(number) && number > 0 ? number : fallback;
}
