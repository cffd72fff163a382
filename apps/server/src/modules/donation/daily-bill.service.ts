import { createHash } from 'node:crypto';
import { addDays, dateInShanghai, Refusal, type PlainDate } from '@wennuan/basics';
import { systemActor } from '../../platform/actor.ts';
import {
  type BillRow,
  type Channel,
  ChannelAway,
  remarkSentence,
  StatementsRefused,
} from '../payment/index.ts';
import { labelIn } from '../fund/index.ts';
import type { DonationNeeds } from './donation.needs.ts';
import { importStatements } from './statement.service.ts';

/** Channels outside, whose bills are fetched; the sandbox's books are our own. */
const WITH_BILLS = new Set(['platform', 'wechat', 'alipay']);
/** Bills of a day are ready by now, in hours of Zhengzhou. */
const READY_HOUR = 10;
const DAYS_BACK = 7;
const SHANGHAI_HOURS = 8;
const actor = systemActor('daily bills');

/**
 * Fetches the bill of yesterday from every channel, and those of the week before that nobody could give yet.
 * Nothing is asked before the morning, when bills are ready. Answers how many were asked for.
 */
export async function fetchBills(needs: DonationNeeds): Promise<number> {
  const now = needs.clock.now();
  if ((now.getUTCHours() + SHANGHAI_HOURS) % 24 < READY_HOUR) return 0;
  const today = dateInShanghai(now);
  const since = addDays(today, -DAYS_BACK);
  const known = await needs.database.read(actor, (tx) => needs.payment.listBills(tx, since));
  let asked = 0;
  for (const channel of needs.payment.channels.all) {
    if (!WITH_BILLS.has(channel.code)) continue;
    for (let day = since; day < today; day = addDays(day, 1)) {
      const before = known.find((one) => one.channel === channel.code && one.day === day);
      if (before && before.state !== 'away') continue;
      await fetchBill(needs, channel, day);
      asked += 1;
    }
  }
  return asked;
}

/** Fetches one bill by hand. Refuses `channel_unknown`, and `bill_not_yet` for a day that is not over. */
export async function fetchBillAgain(
  needs: DonationNeeds,
  asked: { channel: string; day: PlainDate },
): Promise<void> {
  const channel = needs.payment.channels.of(asked.channel);
  if (!channel || !WITH_BILLS.has(channel.code)) throw new Refusal('channel_unknown');
  if (asked.day >= dateInShanghai(needs.clock.now())) throw new Refusal('bill_not_yet');
  await fetchBill(needs, channel, asked.day);
}

async function fetchBill(needs: DonationNeeds, channel: Channel, day: PlainDate): Promise<void> {
  const bill = { channel: channel.code, day };
  const note = (said: Omit<Parameters<typeof needs.payment.noteBill>[1], 'channel' | 'day'>) =>
    needs.database.write(actor, null, (tx) => needs.payment.noteBill(tx, { ...bill, ...said }));
  let file: Awaited<ReturnType<Channel['statement']>>;
  try {
    file = await channel.statement(day);
  } catch (thrown) {
    if (!(thrown instanceof ChannelAway)) throw thrown;
    return await note({ state: 'away', note: thrown.message.slice(0, 200) });
  }
  if (!file) return await note({ state: 'none' });
  const sha256 = createHash('sha256').update(file.bytes).digest();
  const before = await imported(needs, bill);
  if (before && before.equals(sha256)) return;
  // Two bills of one day: the first one counts, and a person looks at the second.
  if (before) return await note({ state: 'differs' });
  try {
    await needs.database.write(actor, 'payment.import_statements', async (tx) => {
      const { newGifts, differences } = await importStatements(needs, tx, [file]);
      await needs.payment.noteBill(tx, {
        ...bill,
        state: 'imported',
        sha256,
        newGifts,
        differences,
      });
    });
  } catch (thrown) {
    if (!(thrown instanceof StatementsRefused)) throw thrown;
    const [first] = thrown.problems;
    await note({
      state: 'refused',
      note: first
        ? `${first.line ?? ''} ${remarkSentence(first, 'zh')}`.trim().slice(0, 200)
        : null,
    });
  }
}

async function imported(
  needs: DonationNeeds,
  { channel, day }: Pick<BillRow, 'channel' | 'day'>,
): Promise<Buffer | null> {
  const bills = await needs.database.read(actor, (tx) => needs.payment.listBills(tx, day));
  return bills.find((one) => one.channel === channel && one.day === day)?.sha256 ?? null;
}

/** Bills of the last two weeks, newest first. */
export async function readBills(
  needs: DonationNeeds,
  tx: Parameters<typeof needs.payment.listBills>[0],
) {
  const rows = await needs.payment.listBills(tx, addDays(dateInShanghai(tx.now), -2 * DAYS_BACK));
  return rows.map(({ sha256: _sha256, askedAt, ...row }) => ({
    ...row,
    channelName: labelIn(
      needs.payment.channels.of(row.channel)?.name ?? row.channel,
      tx.actor.language,
    ),
    askedAt: askedAt.toISOString(),
  }));
}
