import * as vscode from 'vscode';
import { systemClock } from '../core/clock.ts';
import { withoutLinks } from './plain-text.ts';

/** Longer than this nobody waits without knowing what for. */
const quickMs = 1000;

/** Does what is quick without a word; what is not says so, and can be cancelled. */
export async function patiently<T>(title: string, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const flight = new AbortController();
  const work = run(flight.signal);
  const slow = systemClock.after(quickMs, () => tell(title, work, flight));
  return work.finally(() => slow.dispose());
}

function tell(title: string, work: Promise<unknown>, flight: AbortController): void {
  const location = vscode.ProgressLocation.Notification;
  void vscode.window.withProgress({ location, title: withoutLinks(title), cancellable: true }, (_, token) => {
    token.onCancellationRequested(() => flight.abort());
    return work.catch(() => undefined); // whoever asked gets the error
  });
}
