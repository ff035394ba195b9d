import { useEffect, useState } from 'preact/hooks';

/**
 * The host's time (ms), moving on every second while `active` and seen; otherwise as of the last drawing.
 * `offset`: the host's clock minus this page's.
 */
export function useNow(active: boolean, offset: number): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (!active) return undefined;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') tick((count) => count + 1);
    }, 1000);
    return () => clearInterval(timer);
  }, [active]);
  return Date.now() + offset;
}
