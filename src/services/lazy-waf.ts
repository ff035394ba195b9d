import { lazy } from '../core/async.ts';
import type { WafReader } from '../domain/waf/reader.ts';

/** {@link WafReader} before it is needed: the SDK's clients load with the first question. */
export function lazyWaf(load: () => Promise<WafReader>): WafReader {
  const waf = lazy(load);
  return {
    loadBalancer: async (...asked) => (await waf()).loadBalancer(...asked),
    webAcls: async (...asked) => (await waf()).webAcls(...asked),
    webAcl: async (...asked) => (await waf()).webAcl(...asked),
    associated: async (...asked) => (await waf()).associated(...asked),
  };
}
