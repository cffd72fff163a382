import { importAreas } from './application.ts';
import { requireReadable } from './files.ts';
import { type CommonOptions, usingDistrict } from './using-database.ts';

/** `wennuan areas import FILE`: the area tree of a district from a CSV file. */
export async function runAreasImport(file: string, options: CommonOptions): Promise<void> {
  requireReadable(file);
  await usingDistrict(options, async (database) => {
    const { made, changed, unchanged } = await importAreas(database, file);
    console.log(
      `区域：新增 ${made}，更改 ${changed}，未变 ${unchanged} · ` +
        `areas: ${made} made, ${changed} changed, ${unchanged} unchanged`,
    );
  });
}
