import type { AreaLevel } from './areas.ts';

export interface AreaRow {
  code: string;
  name: string;
  level: AreaLevel;
  parentCode: string | null;
}

/** What is wrong with an area sheet, by line. */
export interface AreaProblem {
  line: number;
  problem: string;
}

const LEVELS = { district: 0, street: 1, community: 2 } as const;

/**
 * Reads an area sheet (`code,name,level,parent_code`, UTF-8 or GB18030) into rows, parents first.
 * Returns every problem with its line instead of the first one; rows are usable only without problems.
 */
export function readAreaSheet(bytes: Uint8Array): { rows: AreaRow[]; problems: AreaProblem[] } {
  const lines = decode(bytes)
    .split(/\r?\n/)
    .map((text, index) => ({ cells: text.split(',').map((cell) => cell.trim()), line: index + 1 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''));
  const problems: AreaProblem[] = [];
  const header = lines.shift();
  if (header?.cells.join(',') !== 'code,name,level,parent_code')
    return {
      rows: [],
      problems: [
        {
          line: header?.line ?? 1,
          problem:
            '首行应为 code,name,level,parent_code · the first line is to be code,name,level,parent_code',
        },
      ],
    };
  const rows: AreaRow[] = [];
  const known = new Map<string, AreaRow>();
  for (const { cells, line } of lines) {
    const [code = '', name = '', level = '', parentCode = ''] = cells;
    const problem = findProblem({ code, name, level, parentCode }, known);
    if (problem) problems.push({ line, problem });
    else {
      const row = { code, name, level: level as AreaLevel, parentCode: parentCode || null };
      known.set(code, row);
      rows.push(row);
    }
  }
  return { rows, problems };
}

function findProblem(
  row: { code: string; name: string; level: string; parentCode: string },
  known: Map<string, AreaRow>,
): string | null {
  if (!/^\d{6,15}$/.test(row.code))
    return `代码“${row.code}”应为 6–15 位数字 · the code is to have 6 to 15 digits`;
  if (known.has(row.code)) return `代码“${row.code}”重复 · the code stands twice`;
  if (row.name === '') return '缺少名称 · the name is missing';
  if (!(row.level in LEVELS))
    return `级别“${row.level}”应为 district、street 或 community · the level is to be one of these`;
  if (row.level === 'district')
    return row.parentCode === '' ? null : '区没有上级 · a district has nothing above it';
  const parent = known.get(row.parentCode);
  if (!parent)
    return `上级代码“${row.parentCode}”在本行之前没有出现 · no line before has this parent’s code`;
  const fits = LEVELS[parent.level] === LEVELS[row.level as AreaLevel] - 1;
  return fits ? null : `${row.name}的上级应高一级 · its parent is to be one level up`;
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}
