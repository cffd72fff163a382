import type { Id } from '@wennuan/basics';
import { createAward } from '../modules/award/index.ts';
import { createBenefit } from '../modules/benefit/index.ts';
import type { ProgramModule } from '../modules/program/index.ts';
import { newCode } from './codes.ts';
import type { Ground } from './ground.ts';
import type { Money } from './money.ts';
import type { People } from './people.ts';

/** Tiers 5 and 7: from candidate to help. */
export function composeAid(lower: Ground & People & Money & { program: ProgramModule }) {
  const { program } = lower;
  const benefit = createBenefit(lower);
  const award = createAward({
    ...lower,
    benefit,
    newCode: () => newCode(8),
    program: {
      inForce: (tx) => program.policies(tx),
      async candidates(tx, { code, areaIds }) {
        const known = (await program.policies(tx)).find(({ policy }) => policy.code === code);
        return known
          ? await program.candidates(tx, { programIds: [known.programId], areaIds })
          : [];
      },
      async figures(tx) {
        const rows = Map.groupBy(await program.figures(tx), (row) => row.programId);
        const sum = (id: Id, of: 'candidates' | 'amount') =>
          (rows.get(id) ?? []).reduce((total, row) => total + row[of], 0);
        return new Map(
          (await program.policies(tx)).map(({ programId, policy }) => [
            policy.code,
            { people: sum(programId, 'candidates'), amount: sum(programId, 'amount') },
          ]),
        );
      },
    },
  });
  return { benefit, award };
}
