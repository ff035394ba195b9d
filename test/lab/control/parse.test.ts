import assert from 'node:assert/strict';
import { parseCommand } from './parse.ts';

describe('the words of npm run lab', () => {
  for (const [words, command] of [
    ['stress on', { command: 'stress', on: true }],
    ['stress off', { command: 'stress', on: false }],
    ['expire', { command: 'expireCredentials' }],
    ['clear', { command: 'clearFaults' }],
    ['cut kubernetes', { command: 'cutConnections', server: 'kubernetes' }],
    ['apiserver restart', { command: 'apiserver', action: 'restart' }],
    ['fault sqs hang', { command: 'fault', server: 'sqs', scope: {}, fault: { kind: 'hang' } }],
    [
      'fault github latency 250 --method GET',
      { command: 'fault', server: 'github', scope: { method: 'GET' }, fault: { kind: 'latency', ms: 250 } },
    ],
    [
      'fault kubernetes respond 429 --retry-after 2 --times 3 --path /pods',
      {
        command: 'fault',
        server: 'kubernetes',
        scope: { times: 3, path: '/pods' },
        fault: { kind: 'respond', status: 429, retryAfterSeconds: 2 },
      },
    ],
  ] as const) {
    it(`understands "${words}"`, () => assert.deepEqual(parseCommand(words.split(' ')), command));
  }

  for (const words of ['stress', 'dance', 'fault', 'fault moon hang', 'fault sqs respond 200', 'apiserver paint']) {
    it(`refuses "${words}"`, () => assert.equal(parseCommand(words.split(' ')), undefined));
  }
});
