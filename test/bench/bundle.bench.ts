import { measureEntry } from '../support/bundle.ts';
import type { Benchmark } from './benchmark.ts';

export const benchmark: Benchmark = {
  async run() {
    const { bytes } = await measureEntry();
    return [{ what: 'Entry bundle, minified', value: bytes, unit: 'bytes', limit: 60 * 1024 }];
  },
};
