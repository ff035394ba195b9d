import { isDeepStrictEqual } from 'node:util';
import { t } from '../../../core/l10n.ts';
import { fieldAt } from '../../kubernetes/field-path.ts';
import type { Checks } from '../expectation.ts';
import { type Check, onEachChangeOfTarget } from './check.ts';

export const field: Check<Checks['field']> = ({ path, equals }, looking) => {
  const { world, target, signal } = looking;
  return onEachChangeOfTarget(looking, async () => {
    const object = await world.inspector.read(target, signal);
    if (fieldAt(object, 'metadata.uid') !== target.uid)
      return { met: false, seen: t('{0} was made anew', target.name) };
    const value = fieldAt(object, path);
    return { met: isDeepStrictEqual(value, equals), seen: value === undefined ? t('not set') : JSON.stringify(value) };
  });
};
