import { randomInt } from 'node:crypto';
import type { Id } from '@wennuan/basics';
import type { Scoped, Writing } from '../../platform/database/database.ts';
import type { OpenWish } from '../resource/index.ts';
import { moveNeeds, type MoveCommand } from './need.engine.ts';
import { openToFederation } from './need.federation.ts';
import { refreshFigures } from './need.figures.ts';
import { fileNeeds, titlesOf, type FileNeed } from './need.file.ts';
import { needConsumer } from './need.consumer.ts';
import { brokenLaws } from './need.laws.ts';
import { moveRules } from './need.moves.ts';
import { sendNotices } from './need.notices.ts';
import type { NeedNeeds } from './need.ports.ts';
import { needHandlers } from './need.routes.ts';
import { listByIds } from './need.store.ts';
import { lapseNeeds, needTicks } from './need.ticks.ts';
import { finalStates } from './need.ts';
import { linesOf, ownSections } from './need.view.ts';
import { findCard, listSteps } from './need.wall.ts';

export type { NeedNeeds } from './need.ports.ts';
export type { FileNeed, Filed } from './need.file.ts';
export type { MoveCommand } from './need.engine.ts';
export type { Need } from './need.ts';
export type NeedModule = ReturnType<typeof createNeed>;

const SLIP_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A slip's code from the machine's random source: 80 bits, without letters that look alike. */
export function newSlipCode(): string {
  return Array.from({ length: 16 }, () => SLIP_LETTERS[randomInt(SLIP_LETTERS.length)]).join('');
}

/** The one loop for every call. Does not start when its table breaks one of its laws. */
export function createNeed(given: Omit<NeedNeeds, 'newSlipCode'> & Partial<NeedNeeds>) {
  const broken = brokenLaws(moveRules, finalStates);
  if (broken.length > 0) throw new Error(`the table of the loop is broken: ${broken.join('; ')}`);
  const needs: NeedNeeds = { newSlipCode, ...given };
  return {
    handlers: needHandlers(needs),
    consumers: [needConsumer(needs)],
    ticks: needTicks(needs),
    /** Files needs as the actor; a form filed before answers the same. */
    file: (tx: Writing, commands: readonly FileNeed[]) => fileNeeds(needs, tx, commands),
    /** Does moves of the loop as the actor. */
    move: (tx: Writing, commands: readonly MoveCommand[]) => moveNeeds(needs, tx, commands),
    /** Lets the federation see needs: on consent or from a proposal on; system login. */
    shareWithFederation: (tx: Writing, needIds: readonly Id[]) => openToFederation(tx, needIds),
    /** Port of `desk`: what needs are about, for those who may see them. */
    titlesOf: (tx: Scoped, needIds: readonly Id[]) => titlesOf(needs, tx, needIds),
    /** Ports of `resident`: the needs of a person, and what is held about the caller's account. */
    needsOf: (tx: Scoped, personId: Id) => linesOf(needs, tx, personId),
    ownSections: (tx: Scoped) => ownSections(needs, tx),
    /** Port of `fund`: the numbers people read out. */
    numbersOf: async (tx: Scoped, needIds: readonly Id[]): Promise<Map<Id, string>> =>
      new Map((await listByIds(tx, needIds)).map((need) => [need.id, need.number])),
    /** Port of `fund`: what became of wishes, as everybody may know. */
    outcomesOf: (tx: Scoped, needIds: readonly Id[]) => outcomesOf(tx, needIds),
    /** Ports of `resource`: a wish on the wall, and what a need asks for. */
    wishes: {
      find: async (tx: Scoped, needId: Id): Promise<OpenWish | null> =>
        (await findCard(tx, needId)) ?? null,
      wanted: async (tx: Scoped, needId: Id) => {
        const [need] = await listByIds(tx, [needId]);
        const title = (await titlesOf(needs, tx, [needId])).get(needId);
        return need && title ? { title, areaId: need.areaId } : null;
      },
    },
    /** Work of the clock, for commands, the demo and tests. */
    sendNotices: () => sendNotices(needs),
    lapse: () => lapseNeeds(needs),
    refreshFigures: () => refreshFigures(needs),
  };
}

async function outcomesOf(tx: Scoped, needIds: readonly Id[]) {
  const outcomes = new Map<Id, { deliveredAt: Date | null; confirmedAt: Date | null }>();
  for (const { needId, step, at } of await listSteps(tx, needIds)) {
    const known = outcomes.get(needId) ?? { deliveredAt: null, confirmedAt: null };
    outcomes.set(needId, {
      deliveredAt: step === 'delivered' ? at : known.deliveredAt,
      confirmedAt: step === 'confirmed' ? at : known.confirmedAt,
    });
  }
  return outcomes;
}
