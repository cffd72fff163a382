import type { Id } from '@wennuan/basics';
import type { Scoped } from '../../platform/database/database.ts';

export interface FigureRow {
  programId: Id;
  areaId: number;
  candidates: number;
  amount: number;
}

/** Counts open candidates by the place they live in, for programmes; system login. */
export async function countOpen(tx: Scoped, programIds: readonly Id[]): Promise<FigureRow[]> {
  return await tx.sql.query<FigureRow>(
    `select program_id as "programId", area_id as "areaId", count(*)::int as candidates, sum(amount)::bigint as amount
    from candidate where ended_on is null and program_id = any ($1::uuid[]) group by program_id, area_id`,
    [programIds],
  );
}

/** Puts figures in the place of the old ones of these programmes; system login. */
export async function replaceFigures(
  tx: Scoped,
  programIds: readonly Id[],
  figures: readonly (FigureRow & { scope: 'place' | 'street' | 'district' })[],
): Promise<void> {
  await tx.sql.query('delete from program_figure where program_id = any ($1::uuid[])', [
    programIds,
  ]);
  await tx.sql.query(
    `insert into program_figure (program_id, area_id, scope, department_id, candidates, amount)
    select made.program_id, made.area_id, made.scope, program.department_id, made.candidates, made.amount
    from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::bigint[])
      as made(program_id, area_id, scope, candidates, amount)
    join program on program.id = made.program_id`,
    [
      figures.map((one) => one.programId),
      figures.map((one) => one.areaId),
      figures.map((one) => one.scope),
      figures.map((one) => one.candidates),
      figures.map((one) => one.amount),
    ],
  );
}

/**
 * Adds differences to what is kept, so that a few changed people do not make everybody's candidates be counted; what comes
 * to nobody goes. System login.
 */
export async function addFigures(
  tx: Scoped,
  differences: readonly (FigureRow & { scope: 'place' | 'street' | 'district' })[],
): Promise<void> {
  if (differences.length === 0) return;
  const made = `unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::bigint[])
    as made(program_id, area_id, scope, candidates, amount)`;
  const values = [
    differences.map((one) => one.programId),
    differences.map((one) => one.areaId),
    differences.map((one) => one.scope),
    differences.map((one) => one.candidates),
    differences.map((one) => one.amount),
  ];
  await tx.sql.query(
    `update program_figure figure
    set candidates = figure.candidates + made.candidates, amount = figure.amount + made.amount
    from ${made} where (figure.program_id, figure.area_id, figure.scope) = (made.program_id, made.area_id, made.scope)`,
    values,
  );
  await tx.sql.query(
    `insert into program_figure (program_id, area_id, scope, department_id, candidates, amount)
    select made.program_id, made.area_id, made.scope, program.department_id, made.candidates, made.amount
    from ${made} join program on program.id = made.program_id
    where not exists (select from program_figure figure
      where (figure.program_id, figure.area_id, figure.scope) = (made.program_id, made.area_id, made.scope))`,
    values,
  );
  await tx.sql.query(
    'delete from program_figure where candidates = 0 and program_id = any ($1::uuid[])',
    [[...new Set(differences.map((one) => one.programId))]],
  );
}

/** Figures the caller may see, of programmes or all. */
export async function listFigures(
  tx: Scoped,
  scope: 'place' | 'street' | 'district',
  programIds?: readonly Id[],
): Promise<FigureRow[]> {
  let query = tx.db
    .selectFrom('program_figure')
    .select(['program_id as programId', 'area_id as areaId', 'candidates', 'amount'])
    .where('scope', '=', scope);
  if (programIds) query = query.where('program_id', 'in', [...programIds]);
  return (await query.execute()).map((row) => ({ ...row, amount: Number(row.amount) }));
}
