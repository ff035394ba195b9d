import type { Disposable } from '../core/disposable.ts';
import type { Services } from '../services.ts';

/** A feature registers its views, commands and listeners, synchronously and without a network call. */
export type Feature = (services: Services) => Disposable;
