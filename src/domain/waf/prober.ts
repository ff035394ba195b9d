import type { Entrance } from './entrances.ts';

/** What a visitor would get. */
export interface Answer {
  readonly status: number;
  /** Where a redirect leads, as the server wrote it. */
  readonly location?: string;
  /** Milliseconds from asking to the answer's head. */
  readonly ms: number;
  /** As text, cut off at 64 KiB. */
  readonly body: string;
}

/** Asks as a visitor does: one GET, no cookies, no credentials. */
export interface Prober {
  /** At the load balancer, whatever the host's name leads to here. Redirects are told, not followed. @throws JarvisError probe.* */
  ask(entrance: Entrance, signal: AbortSignal): Promise<Answer>;
  /**
   * The page to which the visitors of an entrance are sent. What lies in a private network is not asked unless the load
   * balancer lies there itself: an address in a Web ACL must not lead to this machine's surroundings.
   * @throws JarvisError probe.private, probe.*
   */
  page(url: string, from: Entrance, signal: AbortSignal): Promise<Answer>;
}
