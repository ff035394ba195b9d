import { toJarvisError } from '../../src/core/errors.ts';
import { silentLogger } from '../../src/core/log.ts';
import { JournalFolder } from '../../src/clients/journal/journal-folder.ts';

/**
 * A process to be killed, or to run into a full disk: appends as fast as it can and prints `+id` once the journal has
 * acknowledged an entry, `-message` when it has refused one. Ends after three refusals.
 */
const [folder, run] = process.argv.slice(2);
if (folder === undefined || run === undefined) throw new Error('usage: journal-writer-process FOLDER RUN');
const journal = new JournalFolder(folder, silentLogger);
for (let n = 0, refused = 0; refused < 3; n++) {
  try {
    await journal.append({ at: n, event: { type: 'sending', planId: `${run}/${n}` } });
    process.stdout.write(`+${run}/${n}\n`);
  } catch (error) {
    refused += 1;
    process.stdout.write(`-${toJarvisError(error).message}\n`);
  }
}
