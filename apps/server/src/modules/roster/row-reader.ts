import { Refusal, type Id, type PlainDate } from '@wennuan/basics';
import {
  type AreaBook,
  isOtherHeader,
  nameLikeness,
  packedText,
  readRow,
  type RosterRow,
  type RowFacts,
} from '@wennuan/linkage';
import type { SheetLine } from '../../platform/sheet-reader.ts';
import type { Box, Vault } from '../../platform/vault.ts';
import { packRow, rowText } from './cells.ts';
import type { StagedRow } from './delivery.store.ts';
import { headingIn } from './headings.ts';
import { problemsOf } from './problems.ts';
import type { PlacedProblem } from './read.service.ts';
import { linkableRow, type RosterColumn, type RosterSheet } from './understand.ts';

interface Context {
  hash: Vault['hash'];
  box: Box;
  newId: () => Id;
  rosterId: Id;
  areas: AreaBook;
  today: PlainDate;
}

/** Reads the lines of a delivery one after another into entries, and remembers what it has met. */
export class RowReader {
  rows = 0;
  problems = 0;
  readonly #context: Context;
  readonly #entries = new Map<string, number>();
  readonly #lineages = new Map<string, number>();
  readonly #holders = new Map<string, string>();
  #sheet = '';
  #under: string | null = null;

  constructor(context: Context) {
    this.#context = context;
  }

  /** Begins a sheet, whose people are all of its place unless a line or a heading says otherwise. */
  begin({ name, place }: Pick<RosterSheet, 'name' | 'place'>): void {
    this.#sheet = name;
    this.#under = place ?? null;
  }

  /** One line as an entry and what is wrong in it; null for a line that is about nobody. Refuses `roster_two_tables`. */
  read(
    { line, cells }: SheetLine,
    sheet: number,
    columns: readonly RosterColumn[],
  ): { staged: StagedRow; problems: PlacedProblem[] } | null {
    const { box, newId, areas, today } = this.#context;
    if (isOtherHeader(cells, columns))
      throw new Refusal('roster_two_tables', { sheet: this.#sheet, line });
    const under = this.#under;
    const row = linkableRow({ cells, under }, columns, { key: '', source: '' });
    if (!row) {
      this.#under = headingIn(cells, areas) ?? under;
      return null;
    }
    const facts = readRow(row, areas);
    const content = this.#entry(rowText({ cells, under }, headersOf(columns)));
    const problems = problemsOf({ cells, row, facts }, columns, today);
    if (content.times > 1) problems.push({ column: -1, kind: 'row_twice' });
    if (this.#isShared(facts)) problems.push({ column: indexOfId(columns), kind: 'id_shared' });
    this.rows += 1;
    this.problems += problems.length;
    return {
      staged: {
        id: newId(),
        sheet,
        line,
        sealed: box.seal(packRow(cells, under)),
        contentHash: content.hash,
        lineage: this.#lineage(row, facts),
      },
      problems: problems.map((problem) => ({ sheet, line, ...problem })),
    };
  }

  /** The hash of an entry; the same cells a second time are a second entry. */
  #entry(text: string): { hash: Buffer; times: number } {
    const { hash, rosterId } = this.#context;
    const plain = hash('source_row', `${rosterId} ${text}`);
    const times = count(this.#entries, plain.toString('latin1'));
    return {
      hash: times === 1 ? plain : hash('source_row', `${rosterId} ${text} #${times}`),
      times,
    };
  }

  /**
   * Whose line it is, as far as the line itself says: by her ID number; else by all that describes her. In the next delivery the
   * same words lead to the same lineage, so that another grade or amount makes no other person of her.
   */
  #lineage(row: RosterRow, facts: RowFacts): Id {
    const { hash, rosterId } = this.#context;
    const self =
      facts.id.kind === 'valid'
        ? facts.id.number
        : [
            facts.name,
            packedText(row.idNumber ?? row.certificateNumber),
            facts.birthDate ?? facts.birthYear,
            facts.sex,
            facts.household,
            facts.telephone,
            facts.areas.join('/') || facts.street,
            facts.house,
          ].join('|');
    const times = count(this.#lineages, hash('row_lineage', self).toString('latin1'));
    return uuidOf(hash('row_lineage', `${rosterId} ${self} #${times}`));
  }

  /** True when another line of this delivery has the same sure ID number under a name that does not fit. */
  #isShared({ id, name }: RowFacts): boolean {
    if (id.kind !== 'valid' || id.doubt !== null) return false;
    const known = this.#holders.get(id.number);
    if (known === undefined) this.#holders.set(id.number, name);
    return known !== undefined && known !== name && nameLikeness(known, name) === 'other';
  }
}

function count(counts: Map<string, number>, key: string): number {
  const times = (counts.get(key) ?? 0) + 1;
  counts.set(key, times);
  return times;
}

/** A UUID of form 8 (made of somebody's own digits) from a keyed hash. */
function uuidOf(hash: Buffer): Id {
  const bytes = Buffer.from(hash.subarray(0, 16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join('-');
}

const headersKnown = new WeakMap<readonly RosterColumn[], string[]>();

function headersOf(columns: readonly RosterColumn[]): string[] {
  const known = headersKnown.get(columns) ?? [];
  if (known.length === 0 && columns.length > 0) {
    for (const { index, header } of columns) known[index] = header;
    headersKnown.set(columns, known);
  }
  return known;
}

function indexOfId(columns: readonly RosterColumn[]): number {
  return columns.find(({ field }) => field === 'idNumber')?.index ?? -1;
}
