import assert from 'node:assert/strict';
import { configmaps, secrets } from '../../../../../src/clients/kubernetes/kinds/configuration.ts';
import { accepted } from '../../../../../src/clients/kubernetes/watch-stream.ts';
import { proto } from '../../../../support/protobuf.ts';
import { at, reads, time } from '../../../../support/kubernetes/encodings.ts';

const metadata = { metadata: { name: 'each', creationTimestamp: at(1000) } };
const meta = proto({ 1: 'each', 8: time(1000) });

describe('ConfigMaps and Secrets', () => {
  it('have changed when anybody last wrote them', () => {
    const managed = (...times: number[]) => times.map((seconds) => proto({ 1: 'kubectl', 4: time(seconds) }));
    for (const kind of [configmaps, secrets]) {
      reads(
        kind,
        { 1: proto({ 1: 'each', 8: time(1000), 17: managed(1500, 3000, 2000) }) },
        {
          metadata: {
            ...metadata.metadata,
            managedFields: [{ time: at(1500) }, { time: at(3000) }, { manager: 'old' }, { time: at(2000) }],
          },
        },
        { changedAt: 3_000_000 },
      );
      reads(kind, { 1: meta }, metadata, { changedAt: 1_000_000 });
    }
  });

  it('are never asked for with their values, in no encoding', () => {
    for (const kind of [configmaps, secrets])
      for (const what of ['watch', 'list'] as const)
        for (const plain of [false, true])
          for (const type of accepted(what, kind, plain).split(', '))
            assert.match(type, /;as=PartialObjectMetadata(List)?;g=meta\.k8s\.io;v=v1/);
  });
});
