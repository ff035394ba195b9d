import { isDeepStrictEqual } from 'node:util';
import { JarvisError } from '../../core/errors.ts';
import { t } from '../../core/l10n.ts';
import { fieldAt } from '../kubernetes/field-path.ts';
import type { ObjectInspector } from '../kubernetes/inspector.ts';
import type { TargetGuard } from './observer.ts';

/**
 * Reads the object right before a write or an undo. The resourceVersion may have moved (an HPA's status does all the
 * time); the UID and the fields that the plan changes may not.
 */
export function targetGuard(inspector: ObjectInspector): TargetGuard {
  return {
    async assertUnchanged(target, fields, signal) {
      const object = await inspector.read(target, signal);
      if (fieldAt(object, 'metadata.uid') !== target.uid) {
        throw changed(t('{0} was deleted and made anew since.', target.name));
      }
      for (const { path, value } of fields) {
        const now = fieldAt(object, path);
        if (!isDeepStrictEqual(now, value))
          throw changed(t('{0} of {1} is {2} now, not {3}.', path, target.name, show(now), show(value)));
      }
    },
  };
}

function changed(what: string): JarvisError {
  return new JarvisError({
    code: 'remediation.changedSince',
    message: t('{0} Nothing was written; make the plan anew.', what),
  });
}

function show(value: unknown): string {
  return value === undefined ? t('not set') : JSON.stringify(value);
}
