import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsWaf } from '../../../src/clients/aws/waf.ts';
import { httpProber } from '../../../src/clients/http/prober.ts';
import { JournalFolder } from '../../../src/clients/journal/journal-folder.ts';
import { type Clock, systemClock } from '../../../src/core/clock.ts';
import { silentLogger } from '../../../src/core/log.ts';
import type { RemediationId } from '../../../src/domain/remediation/remediation-id.ts';
import type { Route } from '../../../src/domain/remediation/route.ts';
import type { RunRegistry } from '../../../src/domain/remediation/run-registry.ts';
import { createWritePath } from '../../../src/services/write-path.ts';
import { FakeAlarmSource } from '../../support/builders/alarm-source.ts';
import { unprotected } from '../../support/builders/remediation.ts';
import type { RouteSetup } from '../../support/routes/contract.ts';
import type { World } from './world.ts';

/** The product's write path over one route, with a journal of its own. */
export interface WritePath extends RouteSetup {
  readonly runs: RunRegistry;
}

/** A write path for each test of the suite anew. */
export function writePath(
  world: () => World,
  make: () => Route,
  remedy: RemediationId = 'scaleHpa',
  clock = systemClock,
): () => WritePath {
  let opened: WritePath & { close(): Promise<void> };
  beforeEach(async () => {
    opened = await open(world(), make, remedy, clock);
  });
  afterEach(() => opened.close());
  return () => opened;
}

async function open(world: World, make: () => Route, remedy: RemediationId, clock: Clock) {
  const { client, desk, remedies } = world;
  const [mine, theirs] = await Promise.all([machine(world, clock), machine(world, clock)]);
  const route = make();
  const another = async () => {
    const runs = mine.openWindow(make());
    await runs.restore();
    return runs;
  };
  const close = async () => {
    await mine.close();
    await theirs.close();
  };
  const [runs, colleague] = [mine.openWindow(route), theirs.openWindow(route)];
  return { client, route, runs, another, colleague, remedy: remedies[remedy], desk, close };
}

/** What the windows of one machine share: the folder of their journals. */
async function machine({ client, desk, lab, sessions }: World, clock: Clock) {
  const folder = await mkdtemp(join(tmpdir(), 'jarvis-journal-'));
  const windows: { readonly journal: JournalFolder; readonly runs: RunRegistry }[] = [];
  const notKnown: string[] = [];
  const log = { ...silentLogger, warn: (message: string) => notKnown.push(message) };
  const scopes = () => [{ label: 'lab', profile: lab.description.aws?.profile ?? '', region: desk.region }];
  const openWindow = (route: Route) => {
    const journal = new JournalFolder(folder, log);
    const runs = createWritePath({
      client,
      alarms: new FakeAlarmSource(),
      waf: new AwsWaf({ sessions, scopes }),
      prober: httpProber(systemClock, 1_000),
      protection: () => unprotected,
      clock,
      log: silentLogger,
      journal,
      routes: [route],
      defaultRoute: () => route.id,
    });
    windows.push({ journal, runs });
    return runs;
  };
  const close = async () => {
    for (const { journal, runs } of windows) {
      runs.dispose();
      await journal.read();
      await journal.close();
    }
    assert.deepEqual(notKnown, [], 'what is written can be read');
    await rm(folder, { recursive: true });
  };
  return { openWindow, close };
}
