import { t } from '../../core/l10n.ts';
import type { ScopeAlarms } from '../../domain/alarms/source.ts';

/** Where the scope really leads, and whether it is asked at its usual pace: "123456789012 · ap-northeast-2". */
export function placeAndPace(place: ScopeAlarms): string {
  return [placeOf(place), place.feed.slowed ? t('slower because AWS asks') : ''].filter(Boolean).join(' · ');
}

/** Where the scope really leads: "123456789012 · ap-northeast-2". */
export function placeOf({ identity, scope }: ScopeAlarms): string {
  return [identity?.account, identity?.region ?? scope.region].filter(Boolean).join(' · ');
}
