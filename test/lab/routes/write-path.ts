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
  /** AWS's region where none is named. */
  setDefaultRegion(region: string): void;
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
    opened = await open(world(), make(), remedy, clock);
  });
  afterEach(() => opened.close());
  return () => opened;
}

async function open(world: World, route: Route, remedy: RemediationId, clock: Clock) {
  const { client, desk, remedies } = world;
  let region = 'ap-northeast-2';
  const parts = { route, clock, region: () => region };
  const [mine, theirs] = await Promise.all([machine(world, parts), machine(world, parts)]);
  const close = async () => {
    await mine.close();
    await theirs.close();
  };
  const setDefaultRegion = (other: string) => (region = other);
  return {
    client,
    route,
    runs: mine.runs,
    colleague: theirs.runs,
    remedy: remedies[remedy],
    desk,
    setDefaultRegion,
    close,
  };
}

/** What one machine keeps: its journal, and the plans of its windows. */
async function machine(
  { client, lab, sessions }: World,
  { route, clock, region }: { readonly route: Route; readonly clock: Clock; readonly region: () => string },
) {
  const folder = await mkdtemp(join(tmpdir(), 'jarvis-journal-'));
  const journal = new JournalFolder(folder, silentLogger);
  const scopes = () => [{ label: 'lab', profile: lab.description.aws?.profile ?? '', region: region() }];
  const runs = createWritePath({
    client,
    alarms: new FakeAlarmSource(),
    waf: new AwsWaf({ sessions, scopes }),
    prober: httpProber(systemClock),
    protection: () => unprotected,
    clock,
    log: silentLogger,
    journal,
    routes: [route],
    defaultRoute: () => route.id,
  });
  const close = async () => {
    runs.dispose();
    await journal.close();
    await rm(folder, { recursive: true });
  };
  return { runs, close };
}
