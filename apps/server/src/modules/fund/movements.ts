import { instantInShanghai, monthWords, type Id } from '@wennuan/basics';
import type { shapes } from '@wennuan/contract';
import { statement, type StatementLine } from '@wennuan/ledger';
import type { z } from 'zod';
import type { Scoped } from '../../platform/database/database.ts';
import { labelled } from './labels.ts';
import { readPurposes, type Purpose } from './accounts.ts';
import type { FundNeeds } from './fund.needs.ts';
import { links, monthInShanghai, showCells, type ShownCell } from './fund.ts';
import { kindHeartedGiver, movementWords } from './movements.words.ts';
import { listAidCells, listOpenAid, listPaymentNumbers } from './payment.store.ts';
import { reasonWords } from './reasons.ts';
import { sumsOfLine } from './undone.ts';

type Movement = z.output<typeof shapes.movement>;

interface Known {
  purposes: ReadonlyMap<Id, Purpose>;
  givers: ReadonlyMap<Id, string>;
  numbers: ReadonlyMap<Id, string>;
  cells: readonly ShownCell[];
}

/**
 * Lines of a statement as a public page may show them. Aid to persons of one month and street is one
 * movement, shown beside the newest of its payments: neither a day nor a single amount is told.
 */
export async function movementsOf(
  needs: FundNeeds,
  tx: Scoped,
  page: { accountId: Id; lines: readonly StatementLine[] },
): Promise<Movement[]> {
  const ofKind = (kind: string) =>
    page.lines.filter((line) => line.document.kind === kind).map((line) => line.document.id);
  const known: Known = {
    purposes: labelled(await readPurposes(tx, page.lines.map(otherSide)), tx.actor.language),
    givers: await needs.giverNames(tx, ofKind('gift')),
    numbers: await listPaymentNumbers(tx, ofKind('payment')),
    cells: showCells(await listAidCells(tx, [page.accountId])),
  };
  return page.lines.flatMap((line) => movementOf(needs, tx, { line, known }) ?? []);
}

/** Reasons of which a fund’s page speaks in words of its own. */
const NAMED = ['payout', 'hand_on'] as const;

function otherSide(line: StatementLine): Id {
  return line.direction === 'in' ? line.from : line.to;
}

function movementOf(
  needs: FundNeeds,
  tx: Scoped,
  { line, known }: { line: StatementLine; known: Known },
): Movement | null {
  const words = movementWords[tx.actor.language];
  const purpose = known.purposes.get(otherSide(line));
  const month = monthInShanghai(line.at);
  // Aid from before there were pots.
  if (purpose?.kind === 'person') {
    const cell = known.cells.find((one) => one.newestId === line.document.id);
    return cell ? aidMovement(needs, tx, { line, cell }) : null;
  }
  const number = known.numbers.get(line.document.id);
  const isGift = line.document.kind === 'gift';
  const named = NAMED.find((reason) => reason === line.reason);
  const label = isGift
    ? words.gift
    : named
      ? words[named]
      : reasonWords(line.reason, tx.actor.language);
  return {
    id: line.id,
    at: line.at.toISOString(),
    month,
    direction: line.direction,
    amountFen: line.amount,
    label,
    counterparty: isGift
      ? (known.givers.get(line.document.id) ?? kindHeartedGiver(tx.actor.language))
      : (purpose?.label ?? words.other),
    link: number ? links.payment(number) : null,
  };
}

function aidMovement(
  needs: FundNeeds,
  tx: Scoped,
  { line, cell }: { line: StatementLine; cell: ShownCell },
): Movement {
  const words = movementWords[tx.actor.language];
  const street =
    cell.streetId === null
      ? (needs.place.district()?.name ?? '')
      : needs.place.ref(cell.streetId).name;
  return {
    id: line.id,
    // The month's first moment: the day of a person's aid is not told.
    at: instantInShanghai(`${cell.month}-01`).toISOString(),
    month: cell.month,
    direction: 'out',
    amountFen: cell.amountFen,
    label: words.aid,
    counterparty: words.helped(street, monthWords(cell.month, tx.actor.language)),
    link: null,
  };
}

/**
 * Aid to persons out of an account as the open data tells it, newest first: by month and street where at least
 * five share it, else wider; what fewer share even then is not told.
 */
export async function aidOf(
  needs: FundNeeds,
  tx: Scoped,
  accountId: Id,
): Promise<{ period: string; place: string; amountFen: number }[]> {
  const cells = await listOpenAid(tx, accountId);
  return cells.map(({ period, streetId, amountFen }) => ({
    period,
    place:
      streetId === null ? (needs.place.district()?.name ?? '') : needs.place.ref(streetId).name,
    amountFen,
  }));
}

const LINES_PER_READ = 1_000;
const READS_MOST = 20;

/** What was given, given back and used of an account by month, newest first; the latest 20,000 lines at most. */
export async function monthsOf(tx: Scoped, accountId: Id): Promise<Month[]> {
  const months = new Map<string, Month>();
  let before: Parameters<typeof statement>[1]['before'];
  for (let read = 0; read < READS_MOST; read += 1) {
    const page = await statement(tx.sql, { accountId, limit: LINES_PER_READ, before });
    for (const line of page.lines) {
      const month = monthInShanghai(line.at);
      const sums = months.get(month) ?? {
        month,
        givenFen: 0,
        returnedFen: 0,
        inFen: 0,
        outFen: 0,
      };
      const own = sumsOfLine(line);
      sums.givenFen += own.givenFen;
      sums.returnedFen += own.returnedFen;
      sums.inFen += own.inFen;
      sums.outFen += own.outFen;
      months.set(month, sums);
    }
    if (!page.next) break;
    before = page.next;
  }
  return [...months.values()];
}

type Month = { month: string } & ReturnType<typeof sumsOfLine>;
