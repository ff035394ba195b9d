import type { Disposable } from '../../core/disposable.ts';
import type { JarvisError } from '../../core/errors.ts';
import { remedyLabel } from '../../ui/remedies.ts';
import type { ViewError } from '../contract/common.ts';

/** What stands behind one open page, without vscode: the panel, the demo and the tests drive it alike. */
export interface Session extends Disposable {
  /** A message as it came from the page; the session checks it. */
  receive(raw: unknown): Promise<void>;
  /** Nothing is asked for while nobody looks. */
  setVisible(visible: boolean): void;
}

export function viewError(error: JarvisError): ViewError {
  return { code: error.code, message: error.message, remedies: error.remedies.map(remedyLabel) };
}
