import { dateInShanghai, type Clock } from '@wennuan/basics';
import type { routes } from '@wennuan/contract';
import { systemActor, visitor } from '../../platform/actor.ts';
import type { Database, Scoped, Writing } from '../../platform/database/database.ts';
import type { Handlers } from '../../platform/http/mount.ts';
import { AreaTree } from './areas.ts';
import { readAreaSheet, type AreaProblem } from './import.ts';
import { listAreas, listFormerNames, upsertAreas } from './place.store.ts';
import { addServicePoints, listServicePoints } from './service-points.ts';
import { workingTime } from './working-time.ts';

export type { Area, AreaLevel } from './areas.ts';
export type { AreaProblem } from './import.ts';
export type { ServicePoint, ServicePointKind } from './service-points.ts';
export { WORKING_DAY_MINUTES, isWorkingDay, type WorkingTime } from './working-time.ts';
export type Place = Awaited<ReturnType<typeof createPlace>>;

interface Needs {
  database: Database;
  clock: Clock;
  /** True when the sandbox channels are in use. */
  sandbox: boolean;
}

/** Areas and working days. The tree is read once and again after each change of it. */
export async function createPlace({ database, clock, sandbox }: Needs) {
  let tree = new AreaTree([]);
  const reload = async () => {
    const today = dateInShanghai(clock.now());
    tree = new AreaTree(await database.read(visitor(), (tx) => listAreas(tx, today)));
  };
  await reload();
  const handlers: Handlers<typeof routes.place> = {
    district: async () => ({ ...(await readDistrict()), sandbox }),
    areas: async () => ({
      areas: tree.all().map((area) => ({
        ...tree.ref(area.id),
        parentCode: area.parentId === null ? null : tree.area(area.parentId).code,
        deskTelephone: area.deskTelephone,
      })),
    }),
  };
  const readDistrict = async () => {
    const demo = await database.read(visitor(), (tx) =>
      tx.db.selectFrom('setting').select('value').where('name', '=', 'demo').executeTakeFirst(),
    );
    const name = tree.district()?.name ?? '';
    return {
      name,
      brand: brandOf(name),
      today: dateInShanghai(clock.now()),
      demo: demo?.value === 'yes',
    };
  };
  return {
    handlers,
    workingTime,
    reload,
    all: () => tree.all(),
    area: (id: number) => tree.area(id),
    areaByCode: (code: string) => tree.areaByCode(code),
    ref: (id: number) => tree.ref(id),
    below: (id: number) => tree.below(id),
    above: (id: number) => tree.above(id),
    streetOf: (id: number) => tree.streetOf(id),
    district: () => tree.district(),
    /** Names that areas had before, or that were merged into them, with the code of the area today. */
    formerNames: (tx: Scoped) => listFormerNames(tx),
    /** Service points by id: all open ones, or those asked for. Any login. */
    servicePoints: listServicePoints,
    /** Puts service points on file; refuses `place_name_taken`. */
    addServicePoints,
    /** 温暖 and the district's name without its last character: 温暖二七. */
    brand: () => brandOf(tree.district()?.name ?? ''),
    /** Imports an area sheet whole or not at all; afterwards the tree is current. */
    async importSheet(
      bytes: Uint8Array,
    ): Promise<{ added: number; renamed: number; unchanged: number; problems: AreaProblem[] }> {
      const { rows, problems } = readAreaSheet(bytes);
      if (problems.length > 0) return { added: 0, renamed: 0, unchanged: 0, problems };
      const counts = await database.write(
        systemActor('areas import'),
        'place.import_areas',
        async (tx: Writing) => {
          tx.touched('area_sheet', String(rows.length));
          return await upsertAreas(tx, rows);
        },
      );
      await reload();
      return { ...counts, problems: [] };
    },
  };
}

function brandOf(districtName: string): string {
  return `温暖${districtName.replace(/(?<=.)[区县市]$/u, '')}`;
}
