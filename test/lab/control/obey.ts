import type * as v from 'valibot';
import type { Faults } from '../faults/faults.ts';
import type { Command } from './command.ts';

interface Obedient {
  readonly faults: Faults;
  readonly stress: (on: boolean) => Promise<void>;
}

/** Does what the command says. */
export async function obey({ faults, stress }: Obedient, command: v.InferOutput<typeof Command>): Promise<void> {
  switch (command.command) {
    case 'stress':
      return stress(command.on);
    case 'fault':
      return faults.of(command.server).add(command.fault, command.scope);
    case 'cutConnections':
      return faults.of(command.server).cutConnections();
    case 'expireCredentials':
      return faults.expireCredentials();
    case 'clearFaults':
      return faults.clear();
    case 'apiserver':
      if (command.action !== 'start') await faults.apiserver.kill();
      if (command.action !== 'kill') await faults.apiserver.start();
  }
}
