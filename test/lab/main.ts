import { parseCommand, usage } from './control/parse.ts';
import { findRunning } from './control/registry.ts';
import { sendCommand } from './control/send.ts';
import type { LabDescription } from './description.ts';
import { startLab } from './lab.ts';

/** `npm run lab`: without a command it starts a lab and stays; with one it tells the running lab. */
async function main(args: readonly string[]): Promise<void> {
  const words = args.filter((arg) => arg !== '--json');
  if (words.length === 0) return stay(args.includes('--json'));
  const command = parseCommand(words);
  if (!command) {
    process.stderr.write(`${usage}\n`);
    process.exitCode = 2;
    return;
  }
  const control = await findRunning();
  if (!control) throw new Error('no lab is running: start one with "npm run lab"');
  await sendCommand(control, command);
}

async function stay(json: boolean): Promise<void> {
  const stop = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve).once('SIGTERM', resolve);
  });
  const starting = startLab({ log: (line) => process.stderr.write(`${line}\n`) });
  // a signal during the start ends this process at once; the reaper ends what began
  const lab = await Promise.race([starting, stop]);
  if (!lab) process.exit(130);
  process.stdout.write(json ? `${JSON.stringify(lab.description)}\n` : inWords(lab.description));
  await stop;
  process.stderr.write('ending the lab\n');
  await lab.close();
  process.exit(0);
}

function inWords({ kubeconfig, bin, aws, github }: LabDescription): string {
  return [
    `export KUBECONFIG=${kubeconfig}`,
    `export PATH=${bin}:$PATH`,
    `export AWS_CONFIG_FILE=${aws?.configFile ?? ''} AWS_SHARED_CREDENTIALS_FILE=${aws?.credentialsFile ?? ''}`,
    `export AWS_PROFILE=${aws?.profile ?? ''}`,
    `GitHub: ${github?.apiUrl ?? ''} ${github?.repository ?? ''}`,
    'Ctrl-C ends it.',
    '',
  ].join('\n');
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
