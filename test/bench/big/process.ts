import { type Jobs, jobs } from './jobs.ts';

/** Run by `child.ts`: does one job and answers with its result. */
process.once('message', ({ name, input }: { name: keyof Jobs; input: never }) => {
  void jobs[name](input).then((result) => process.send?.(result));
});
