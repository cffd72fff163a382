import { type AreaBook, packedText } from '@wennuan/linkage';
import type { SheetCell } from '../../platform/sheet-reader.ts';

/** What sums, signatures and remarks have in them and headings have not. */
const NO_HEADING = /计|总|合|共|[:：]$|审核|制表|填表|备注|说明|注[:：]/u;
const ORDER = /^(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．\s]+)/u;
const COUNT = /[（(:：]?\s*(?:共\s*)?\d{1,5}\s*[人户名][)）]?$/u;
const NAMES_PLACE =
  /(?:社区|街道|[村镇乡]|居委会|村委会|办事处)(?:居民委员会|村民委员会|居委会|筹备组)?$/u;
const LETTERS_MOST = 30;
const CELLS_MOST = 2;

/**
 * The area that a line above people names, as it writes it: `三、绿云社区（35户）`. Null for a line of sums and for any other. One
 * that ends like an area and is none on file is given as well, so that it is reported.
 */
export function headingIn(cells: readonly SheetCell[], areas: AreaBook): string | null {
  const texts = cells.map((cell) => packedText(cell)).filter((text) => text !== '');
  const first = texts[0] ?? '';
  if (texts.length > CELLS_MOST || first.length > LETTERS_MOST) return null;
  const name = first.replace(ORDER, '').replace(COUNT, '');
  if (name === '' || NO_HEADING.test(name)) return null;
  return isPlace(name, areas) || NAMES_PLACE.test(name) ? name : null;
}

/**
 * The area that all of a sheet is about, by its own name, by the words above the table or by the file's name: the community
 * where they name one, else the street. Null where none says.
 */
export function placeOf(
  { name, banner, fileName }: { name: string; banner: readonly string[]; fileName: string },
  areas: AreaBook,
): string | null {
  const texts = [name.replace(ORDER, ''), ...banner.flatMap(partsOf), ...partsOf(fileName)];
  const told = texts.filter(
    (text, order) => text !== '' && (order === 0 || NAMES_PLACE_INSIDE.test(text)),
  );
  const community = told.find((text) => areas.resolve({ area: text }).kind === 'area');
  return community ?? told.find((text) => isPlace(text, areas)) ?? null;
}

const NAMES_PLACE_INSIDE = /社区|街道|村|镇|乡|居委会|办事处/u;

function partsOf(text: string): string[] {
  return text.split(/[-—–_()（）[\]【】:：,，;；\s]+/u).slice(0, 12);
}

function isPlace(text: string, areas: AreaBook): boolean {
  const { kind, streetCode } = areas.resolve({ area: text });
  return kind === 'area' || streetCode !== null;
}
