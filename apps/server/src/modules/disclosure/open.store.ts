import { dateInShanghai, type Id } from '@wennuan/basics';
import { sql } from 'kysely';
import { visitor } from '../../platform/actor.ts';
import type { Scoped } from '../../platform/database/database.ts';
import { kindHeartedGiver } from '../fund/index.ts';
import { stateOf } from './disclosure.ts';
import type { DisclosureNeeds } from './disclosure.needs.ts';
import { listDisclosures, listDuties } from './disclosure.store.ts';
import type { Dataset, OpenRow } from './open.ts';

const AT_ONCE = 2_000;

/** Fen as a bare number in yuan. */
const yuan = (amountFen: number) => Number(amountFen) / 100;

/**
 * The rows of a table, in pieces, each read in a short transaction of its own as a visitor: row-level security lets
 * nothing private through, whatever is written here.
 */
export function rowsOf(needs: DisclosureNeeds, dataset: Dataset): AsyncGenerator<OpenRow[]> {
  const read = <T>(work: (tx: Scoped) => Promise<T>) => needs.database.read(visitor(), work);
  const whole = (work: (tx: Scoped) => Promise<OpenRow[]>) => once(() => read(work));
  switch (dataset) {
    case 'campaigns':
      return whole((tx) => campaignRows(needs, tx));
    case 'funds':
      return pages(async (after: string | undefined) => {
        const page = await read((tx) => needs.fund.publicFunds(tx, { after, limit: 200 }));
        return { rows: page.items.map(fundRow), next: page.next ?? undefined };
      });
    case 'movements':
      return movementRows(read);
    case 'payments':
      return paymentRows(read, (row) => ({ ...row, page: `/payments/${String(row['number'])}` }));
    case 'aid':
      return whole((tx) => aidRows(needs, tx));
    case 'charity_sales':
      return whole(charitySaleRows);
    case 'disclosures':
      return whole(disclosureRows);
    case 'duties':
      return whole(dutyRows);
  }
}

async function* once(read: () => Promise<OpenRow[]>): AsyncGenerator<OpenRow[]> {
  yield await read();
}

async function* pages<Cursor>(
  read: (after: Cursor | undefined) => Promise<{ rows: OpenRow[]; next: Cursor | undefined }>,
): AsyncGenerator<OpenRow[]> {
  let after: Cursor | undefined;
  do {
    const page = await read(after);
    yield page.rows;
    after = page.next;
  } while (after !== undefined);
}

async function campaignRows(needs: DisclosureNeeds, tx: Scoped): Promise<OpenRow[]> {
  const campaigns = await needs.donation.publicCampaigns(tx);
  return campaigns.map((one) => ({
    code: one.code,
    name: one.name,
    legal_form: one.legalForm,
    state: one.state,
    opens_on: one.opensOn,
    closes_on: one.closesOn,
    filing_number: one.filingNumber,
    platform: one.platformName,
    goal_yuan: one.goalFen === null ? null : yuan(one.goalFen),
    given_yuan: yuan(one.givenFen),
    returned_yuan: yuan(one.returnedFen),
    in_yuan: yuan(one.inFen),
    out_yuan: yuan(one.outFen),
    balance_yuan: yuan(one.balanceFen),
    gifts: one.gifts,
  }));
}

function fundRow(one: {
  code: string;
  name: string;
  kind: string;
  area: { code: string } | null;
  givenFen: number;
  returnedFen: number;
  inFen: number;
  outFen: number;
  balanceFen: number;
}): OpenRow {
  return {
    code: one.code,
    name: one.name,
    kind: one.kind,
    area_code: one.area?.code ?? null,
    given_yuan: yuan(one.givenFen),
    returned_yuan: yuan(one.returnedFen),
    in_yuan: yuan(one.inFen),
    out_yuan: yuan(one.outFen),
    balance_yuan: yuan(one.balanceFen),
  };
}

/** Charity sales as they were published: their result is written once, at their end. */
async function charitySaleRows(tx: Scoped): Promise<OpenRow[]> {
  const { rows } = await sql<{
    number: string;
    name: string;
    target: string;
    state: string;
    opens_on: string;
    closes_on: string;
    ended_early: string;
    donors: number | null;
    pieces_offered: number | null;
    pieces_sold: number | null;
    pieces_left: number | null;
    gross_fen: number | null;
    refunded_fen: number | null;
    net_fen: number | null;
    paid_on: string | null;
  }>`
    select s.number, s.name, coalesce(c.code, f.code) as target, s.state, s.opens_on, s.closes_on,
      case when s.ended_at is null then 'no' else 'yes' end as ended_early, r.donors, r.pieces_offered, r.pieces_sold, r.pieces_left, r.gross_fen,
      r.refunded_fen, p.net_fen, p.paid_on
    from charity_sale s left join charity_sale_result r on r.sale_id = s.id
      left join proceeds_settlement p on p.sale_id = s.id left join campaign c on c.id = s.target_id
      left join fund f on f.id = s.target_id
    where s.state in ('open', 'closed') order by s.serial`.execute(tx.db);
  const orNull = (fen: number | null) => (fen === null ? null : yuan(fen));
  return rows.map(({ gross_fen, refunded_fen, net_fen, paid_on, ...row }) => ({
    ...row,
    gross_yuan: orNull(gross_fen),
    returned_yuan: orNull(refunded_fen),
    settled_yuan: orNull(net_fen),
    settled_on: paid_on,
    page: `/charity-sales/${row.number}`,
  }));
}

type Read = <T>(work: (tx: Scoped) => Promise<T>) => Promise<T>;

/** Gifts, then payments to organisations, then remainders handed on; each by its own order. */
async function* movementRows(read: Read): AsyncGenerator<OpenRow[]> {
  yield* pages(async (after: number | undefined) => {
    const rows = await read((tx) => giftPage(tx, after ?? 0));
    const last = rows.at(-1);
    return {
      rows: rows.map((row) => ({
        date: dateInShanghai(row.at),
        account: row.code,
        direction: 'in',
        kind: 'gift',
        amount_yuan: yuan(row.amount_fen),
        counterparty: row.public_name ?? kindHeartedGiver('zh'),
        number: null,
      })),
      next: rows.length === AT_ONCE && last ? Number(last.serial) : undefined,
    };
  });
  yield* paymentRows(read, ({ payee, ...row }) => ({
    ...row,
    direction: 'out',
    kind: 'payment',
    counterparty: payee ?? null,
  }));
  yield await read(returnRows);
  yield await read(handOnRows);
}

/** What of gifts went back to their givers, by account and day; whose it was is nobody's. */
async function returnRows(tx: Scoped): Promise<OpenRow[]> {
  const { rows } = await sql<{ day: string; code: string | null; amount_fen: number }>`
    select b.day, coalesce(i.project_code, c.code, f.code) as code, b.amount_fen
    from gifts_returned(null, to_timestamp(0), 'infinity') b
    left join campaign_item i on i.id = b.account_id
    left join campaign c on c.id = b.account_id
    left join fund f on f.id = b.account_id
    order by b.day, code`.execute(tx.db);
  return rows.map((row) => ({
    date: row.day,
    account: row.code,
    direction: 'out',
    kind: 'return',
    amount_yuan: yuan(row.amount_fen),
    counterparty: null,
    number: null,
  }));
}

async function giftPage(tx: Scoped, after: number) {
  const { rows } = await sql<{
    serial: number;
    at: Date;
    code: string | null;
    amount_fen: number;
    public_name: string | null;
  }>`select g.serial, g.at, coalesce(i.project_code, c.code, f.code) as code, g.amount_fen, g.public_name
    from (select serial, at, amount_fen, public_name, target_id from gift where serial > ${after} order by serial limit ${AT_ONCE}) g
    left join campaign_item i on i.id = g.target_id
    left join campaign c on c.id = g.target_id
    left join fund f on f.id = g.target_id
    order by g.serial`.execute(tx.db);
  return rows;
}

function paymentRows(read: Read, shape: (row: OpenRow) => OpenRow): AsyncGenerator<OpenRow[]> {
  return pages(async (after: string | undefined) => {
    const rows = await read((tx) => paymentPage(tx, after ?? ''));
    return {
      rows: rows.map((row) =>
        shape({
          date: dateInShanghai(row.at),
          account: row.code,
          amount_yuan: yuan(row.amount_fen),
          payee: row.public_payee,
          number: row.number,
        }),
      ),
      next: rows.length === AT_ONCE ? rows.at(-1)!.number : undefined,
    };
  });
}

async function paymentPage(tx: Scoped, after: string) {
  const { rows } = await sql<{
    number: string;
    at: Date;
    code: string | null;
    amount_fen: number;
    public_payee: string | null;
  }>`select p.number, p.at, coalesce(i.project_code, c.code, f.code) as code, p.amount_fen, p.public_payee
    from (select number, at, amount_fen, public_payee, source_id from payment
      where payee_kind = 'organization' and number > ${after} order by number limit ${AT_ONCE}) p
    left join campaign_item i on i.id = p.source_id
    left join campaign c on c.id = p.source_id
    left join fund f on f.id = p.source_id
    order by p.number`.execute(tx.db);
  return rows;
}

async function handOnRows(tx: Scoped): Promise<OpenRow[]> {
  const { rows } = await sql<{ at: Date; from_code: string; to_code: string; amount_fen: number }>`
    select h.at, i.project_code as from_code, coalesce(t.project_code, c.code) as to_code, h.amount_fen
    from hand_on h join campaign_item i on i.id = h.item_id
    left join campaign_item t on t.id = h.to_account_id
    left join campaign c on c.id = h.to_account_id order by h.at, h.transfer_id`.execute(tx.db);
  return rows.flatMap((row) => {
    const moved = {
      date: dateInShanghai(row.at),
      kind: 'hand_on',
      amount_yuan: yuan(row.amount_fen),
      number: null,
    };
    return [
      { ...moved, account: row.from_code, direction: 'out', counterparty: row.to_code },
      { ...moved, account: row.to_code, direction: 'in', counterparty: row.from_code },
    ];
  });
}

async function aidRows(needs: DisclosureNeeds, tx: Scoped): Promise<OpenRow[]> {
  const { rows } = await sql<{
    source_id: Id;
    code: string | null;
    period: string;
    street_id: number | null;
    persons: number | null;
    amount_fen: number | null;
  }>`select a.*, coalesce(i.project_code, c.code, f.code) as code from open_aid() a
    left join campaign_item i on i.id = a.source_id
    left join campaign c on c.id = a.source_id
    left join fund f on f.id = a.source_id
    order by code, a.period, a.street_id`.execute(tx.db);
  return rows.map((row) => ({
    account: row.code,
    period: row.period,
    area: row.street_id === null ? '' : needs.place.ref(row.street_id).name,
    persons: row.persons,
    amount_yuan: row.amount_fen === null ? null : yuan(row.amount_fen),
  }));
}

async function disclosureRows(tx: Scoped): Promise<OpenRow[]> {
  return (await listDisclosures(tx, {})).map((row) => ({
    number: row.number,
    kind: row.duty.kind,
    subject: row.duty.subjectCode,
    title: row.title,
    published_on: dateInShanghai(row.publishedAt),
    due_on: row.duty.dueOn,
    late: dateInShanghai(row.publishedAt) > row.duty.dueOn ? 'yes' : 'no',
    corrections: row.corrections.length,
    page: `/disclosures/${row.number}`,
  }));
}

async function dutyRows(tx: Scoped): Promise<OpenRow[]> {
  const today = dateInShanghai(tx.now);
  return (await listDuties(tx, {})).map((row) => ({
    number: row.number,
    kind: row.kind,
    subject: row.subjectCode,
    opens_on: row.opensOn,
    due_on: row.dueOn,
    state: stateOf(row, today),
    done_on: row.doneOn,
    disclosure: row.disclosureNumber,
  }));
}
