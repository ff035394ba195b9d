import type { JarvisError, Remedy } from '../core/errors.ts';
import { t } from '../core/l10n.ts';

/** The button of a way out: the same way out reads the same everywhere. */
export function remedyLabel(remedy: Remedy): string {
  switch (remedy.kind) {
    case 'retry':
      return t('Try Again');
    case 'openLog':
      return t('Show Log');
    case 'signInGitHub':
      return t('Sign in to GitHub');
    case 'signInAws':
      return t('Sign in to AWS');
    case 'openSetting':
      return t('Open Setting');
    case 'openFile':
      return t('Open File');
    case 'openUrl':
      return t('Open in Browser');
    case 'openFolder':
      return t('Open Folder');
    case 'trustWorkspace':
      return t('Manage Trust');
    case 'setUp':
      return t('Set Up Remediation');
    case 'unlock':
      return t('Unlock…');
  }
}

/** The way out that one click takes: the error's own first one, else trying again. */
export function firstRemedy(error: JarvisError): Remedy {
  return error.remedies[0] ?? { kind: 'retry' };
}
