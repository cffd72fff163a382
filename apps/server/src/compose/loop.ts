import { createBook } from '../modules/book/index.ts';
import { createNeed } from '../modules/need/index.ts';
import { createProgram } from '../modules/program/index.ts';
import { createResource } from '../modules/resource/index.ts';
import { createSupervision } from '../modules/supervision/index.ts';
import { composeAid } from './aid.ts';
import type { Ground } from './ground.ts';
import type { Giving } from './giving.ts';
import type { Money } from './money.ts';
import type { People } from './people.ts';

export type Loop = ReturnType<typeof composeLoop>;

/** Tiers 6 and 7: what is offered, and the loop. */
export function composeLoop(lower: Ground & People & Money & Giving) {
  const resource = createResource({
    ...lower,
    wishes: {
      find: (tx, id) => need.wishes.find(tx, id),
      wanted: (tx, id) => need.wishes.wanted(tx, id),
    },
  });
  const program = createProgram({
    ...lower,
    askAboutData: lower.resident.ask,
    openQuestions: lower.roster.openPairs,
    countQuestions: lower.roster.countQuestions,
  });
  const need = createNeed({ ...lower, resource });
  const { benefit, award } = composeAid({ ...lower, program });
  const supervision = createSupervision({ ...lower, program });
  const book = createBook({ ...lower, names: lower.access.names });
  return { resource, program, need, benefit, award, supervision, book };
}
