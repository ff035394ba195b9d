import * as v from 'valibot';
import { ApiError, invalidValue } from '../errors.ts';
import type { CloudWatchService } from '../service.ts';
import { list, tags, text } from '../shapes.ts';
import { operation } from './operation.ts';

const maxTags = 50;
const ResourceARN = text(1, 1024);

export const tagResource = operation(
  v.object({ ResourceARN, Tags: tags }),
  (service, { ResourceARN: arn, Tags }) => {
    const merged = new Map([...tagsOf(service, arn), ...Tags.map((tag) => [tag.Key, tag.Value] as const)]);
    if (merged.size > maxTags) throw invalidValue(`A resource cannot have more than ${maxTags} tags.`);
    service.tags.set(arn, merged);
    return {};
  },
  'parameter',
);

export const untagResource = operation(
  v.object({ ResourceARN, TagKeys: list(text(1, 128)) }),
  (service, { ResourceARN: arn, TagKeys }) => {
    const known = tagsOf(service, arn);
    for (const key of TagKeys) known.delete(key);
    return {};
  },
  'parameter',
);

export const listTagsForResource = operation(
  v.object({ ResourceARN }),
  (service, { ResourceARN: arn }) => ({ Tags: [...tagsOf(service, arn)].map(([Key, Value]) => ({ Key, Value })) }),
  'parameter',
);

/** Only alarms are here to be tagged. */
function tagsOf(service: CloudWatchService, arn: string): Map<string, string> {
  const known = service.tags.get(arn);
  if (!known) throw new ApiError('ResourceNotFoundException', `The resource ${arn} does not exist.`);
  return known;
}
