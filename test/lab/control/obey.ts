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
    case 'apiserver':
      if (command.action !== 'start') await faults.apiserver.kill();
      if (command.action !== 'kill') await faults.apiserver.start();
      break;
    case 'fault':
      faults.of(command.server).add(command.fault, command.scope);
      break;
    case 'cutConnections':
      faults.of(command.server).cutConnections();
      break;
    case 'expireCredentials':
      faults.expireCredentials();
      break;
    case 'clearFaults':
      faults.clear();
  }
}
