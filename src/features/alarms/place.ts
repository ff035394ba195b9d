import type { ScopeAlarms } from '../../domain/alarms/source.ts';

/** Where the scope really leads: "123456789012 · ap-northeast-2". */
export function placeOf({ identity, scope }: ScopeAlarms): string {
  return [identity?.account, identity?.region ?? scope.region].filter(Boolean).join(' · ');
}
