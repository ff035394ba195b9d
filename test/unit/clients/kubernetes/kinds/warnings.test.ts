import { warnings } from '../../../../../src/clients/kubernetes/kinds/warnings.ts';
import { proto } from '../../../../support/protobuf.ts';
import { at, reads, time } from '../../../../support/kubernetes/encodings.ts';

const metadata = { metadata: { name: 'each', creationTimestamp: at(1000) } };
const meta = proto({ 1: 'each', 8: time(1000) });

describe('warnings', () => {
  const about = { kind: 'Pod', namespace: 'shop', name: 'web-0', uid: 'u' };
  const involved = proto({ 1: 'Pod', 2: 'shop', 3: 'web-0', 4: 'u' });

  it('have their times and their count where the old API puts them', () => {
    reads(
      warnings,
      { 2: involved, 3: 'BackOff', 4: 'again', 6: time(60), 7: time(120), 8: 5, 10: proto({}) },
      {
        involvedObject: about,
        reason: 'BackOff',
        message: 'again',
        firstTimestamp: at(60),
        lastTimestamp: at(120),
        count: 5,
        eventTime: null,
      },
      { about, reason: 'BackOff', message: 'again', firstAt: 60_000, lastAt: 120_000, count: 5 },
    );
  });

  it('have them where the new API puts them, as a series or alone', () => {
    const eventTime = '1970-01-01T00:01:00.123456Z';
    const first = proto({ 1: 60, 2: 123_456_000 });
    const empty = { 6: proto({}), 7: proto({}), 8: 0 };
    reads(
      warnings,
      { 2: involved, ...empty, 10: first, 11: proto({ 1: 9, 2: proto({ 1: 180, 2: 500_000_000 }) }) },
      { involvedObject: about, eventTime, series: { count: 9, lastObservedTime: '1970-01-01T00:03:00.500000Z' } },
      { firstAt: 60_123, lastAt: 180_500, count: 9 },
    );
    reads(
      warnings,
      { 2: involved, ...empty, 10: first },
      { involvedObject: about, eventTime, firstTimestamp: null, lastTimestamp: null },
      { firstAt: 60_123, lastAt: 60_123, count: 1 },
    );
  });

  it('without any time are as old as their object', () => {
    reads(warnings, { 1: meta }, metadata, { firstAt: 1_000_000, lastAt: 1_000_000, count: 1 });
  });
});
