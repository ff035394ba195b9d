import type { LabDescription } from '../description.ts';
import type { Command } from './command.ts';

/** Tells a running lab, which may live in another process, to do something. @throws Error with the lab's answer. */
export async function sendCommand({ url, token }: LabDescription['control'], command: Command): Promise<void> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(command),
  });
  if (!answer.ok) throw new Error(`the lab answered ${answer.status}: ${await answer.text()}`);
}
