import { type OpenDatabase, withClient } from './database.ts';

/**
 * What a district that has nothing yet needs next, a line for each step: its areas, then its first administrator. Empty for
 * one that has both.
 */
export async function firstSteps(database: OpenDatabase): Promise<string[]> {
  const [has] = await withClient(database.ownerUrl, async (client) => {
    await client.query(`set search_path = ${database.schema}`);
    const { rows } = await client.query<{ areas: boolean; staff: boolean }>(
      `select exists (select from area) as areas, exists (select from account where password_hash is not null) as staff`,
    );
    return rows;
  });
  const data = process.env['DATABASE_URL'] ? '' : ` --data ${database.dataDir}`;
  const steps: string[] = [];
  if (!has?.areas)
    steps.push(
      `导入区域 · its areas (code,name,level,parent_code)`,
      `  npx wennuan areas import areas.csv${data}`,
    );
  if (!has?.staff)
    steps.push(
      `开第一个管理员账号 · its first administrator`,
      `  npx wennuan accounts add zhang${data}`,
    );
  if (steps.length === 0) return [];
  return [
    '这个区还是空的，请在另一个终端里继续 · This district is empty; in another terminal:',
    ...steps,
  ];
}
