import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readSchedulerMessage, verdictInWords } from '../../src/domain/attention/scheduler-message.ts';
import { fieldAt, joinPath, parsePath } from '../../src/domain/kubernetes/field-path.ts';
import { imageTag } from '../../src/domain/kubernetes/image.ts';
import { isNamespaceName, namesIn } from '../../src/domain/kubernetes/namespace-name.ts';
import { parsePorts } from '../../src/domain/kubernetes/ports.ts';
import { anyJson, damaged, text } from './generators.ts';
import { always } from './support.ts';

describe('any message of the scheduler', () => {
  const reason = fc.constantFrom(
    'Insufficient cpu',
    'Too many pods',
    'node(s) had untolerated taint {a: b, c}',
    "node(s) didn't match Pod's node affinity/selector",
    'x',
  );
  const verdict = fc
    .tuple(
      fc.nat(5000),
      fc.array(fc.tuple(fc.nat(5000), reason), { maxLength: 4 }),
      fc.constantFrom('', ' preemption: 0/3 nodes are available: 3 No preemption victims found.'),
    )
    .map(
      ([nodes, reasons, rest]) =>
        `0/${nodes} nodes are available: ${reasons.map((its) => its.join(' ')).join(', ')}.${rest}`,
    );
  always('has a verdict in words', damaged(verdict), (message) => {
    const read = readSchedulerMessage(message);
    assert.notEqual(verdictInWords(read), '');
    for (const { nodes } of read.obstacles) assert.ok(nodes === undefined || nodes >= 0);
  });
});

describe('any path of fields', () => {
  const step = fc.oneof(text, fc.nat());
  always('is read back as it was written', fc.array(step, { maxLength: 5 }), (steps) => {
    const path = steps.reduce<string>(joinPath, '');
    assert.deepEqual(parsePath(path), steps);
  });

  always(
    'leads to what is there',
    fc.tuple(fc.array(text, { minLength: 1, maxLength: 4 }), anyJson),
    ([steps, value]) => {
      const object = steps.reduceRight((inner, key) => Object.fromEntries([[key, inner]]), value);
      assert.deepEqual(fieldAt(object as Record<string, typeof value>, steps.reduce<string>(joinPath, '')), value);
      assert.equal(fieldAt({}, joinPath('', steps[0] ?? '')), undefined);
    },
  );
});

describe('any answer that is typed', () => {
  always(
    'is a pair of ports, or none',
    damaged(fc.tuple(fc.nat(70_000), fc.constantFrom(':', '', ' : '), fc.nat(70_000)).map((parts) => parts.join(''))),
    (typed) => {
      const ports = parsePorts(typed);
      if (ports) assert.ok(ports.local >= 0 && ports.local < 65_536 && ports.remote > 0 && ports.remote < 65_536);
    },
  );

  always(
    'has the names that were written',
    fc.array(fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,20}[a-z0-9])?$/)),
    (names) => {
      assert.deepEqual(namesIn(names.join(', ')), [...new Set(names)]);
      assert.ok(names.every(isNamespaceName));
    },
  );

  always(
    'of an image has a tag',
    damaged(fc.constantFrom('nginx', 'host:5000/a/b:1.2', `nginx@sha256:${'ab'.repeat(32)}`)),
    (image) => {
      assert.equal(typeof imageTag(image), 'string');
    },
  );
});
