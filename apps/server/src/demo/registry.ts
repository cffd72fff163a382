import type { PlainDate, Random } from '@wennuan/basics';
import { compose, type Application } from '../compose/index.ts';
import type { ComposeOptions } from '../compose/options.ts';
import { type Beside, beside } from '../platform/beside.ts';
import type { Actor } from '../platform/actor.ts';

/** What whoever takes the rosters in has at hand. */
export type Registrar = Pick<
  Application,
  'access' | 'database' | 'organization' | 'place' | 'program' | 'roster' | 'ticks'
> & { random: Random; scale: number };

/** What the registry's thread knows from its start. */
export interface RegistryData extends Pick<ComposeOptions, 'connection' | 'dataDir'> {
  /** The moment at which all of it happens. */
  at: Date;
  /** The day of the story's end. */
  arrivesOn: PlainDate;
  seed: number;
  scale: number;
}

/**
 * The thread begins, which takes a second; once there are areas the files are read; once people are on file, rosters and
 * programmes are taken in, in the district office's name.
 */
export type RegistryStep = { step: 'begin' | 'read' } | { step: 'take_in'; district: Actor };
/** Officers of departments whose accounts were opened. */
export type RegistryAnswer = [name: string, officer: Actor][];

const YOUNG_MEGABYTES = 128;

/**
 * Takes rosters and programmes in beside the weeks, in a thread with a database of its own: it is a third of all work, and of
 * the people on the rosters nobody is in the story before aid begins.
 */
export function startRegistry(data: RegistryData): Beside<RegistryStep, RegistryAnswer> {
  const { ownerUrl, schema, secret } = data.connection;
  const connection = { ownerUrl, schema, secret };
  const file = new URL('./registry.worker.ts', import.meta.url);
  return beside(file, { ...data, connection }, YOUNG_MEGABYTES);
}

/** The application as a demo is made with it. */
export function composeDemo(given: Pick<ComposeOptions, 'connection' | 'dataDir' | 'clock'>) {
  return compose({
    ...given,
    sandbox: true,
    wechatSandbox: true,
    limitRates: false,
    federationContact: '0371-00002727',
    log: false,
    relaxed: true,
  });
}
