import type { Id } from '@wennuan/basics';
import { post, type Outcome, type TransferCommand } from '@wennuan/ledger';
import type { Writing } from '../../platform/database/database.ts';
import {
  ALIPAY_CHANNEL,
  BANK_ACCOUNT,
  CASH_DESK,
  PLATFORM_CHANNEL,
  REFUNDS_OWED,
  SANDBOX_CHANNEL,
  WECHAT_CHANNEL,
} from '../fund/index.ts';
import type { ChannelCode } from '../payment/index.ts';

/** The edge of the books that a channel's money crosses. */
export const channelAccount: Readonly<Record<ChannelCode, Id>> = {
  sandbox: SANDBOX_CHANNEL,
  platform: PLATFORM_CHANNEL,
  wechat: WECHAT_CHANNEL,
  alipay: ALIPAY_CHANNEL,
  bank: BANK_ACCOUNT,
  cash: CASH_DESK,
  box: CASH_DESK,
};

/** So many commands go to the ledger at once: what they weigh in memory and on the wire stays small. */
const COMMANDS_AT_ONCE = 20_000;

interface Books {
  newId(): Id;
}

/** Posts commands of any number; the outcomes in their order. */
export async function postAll(
  books: Books,
  tx: Writing,
  commands: readonly TransferCommand[],
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let from = 0; from < commands.length; from += COMMANDS_AT_ONCE) {
    const part = commands.slice(from, from + COMMANDS_AT_ONCE);
    outcomes.push(
      ...(await post(tx.sql, { commands: part, at: tx.now, newId: () => books.newId() })),
    );
  }
  return outcomes;
}

/** The transfers of a command that must have been posted. */
export function transfersOf(outcome: Outcome): Id[] {
  if (outcome.status === 'refused')
    throw new Error(`${outcome.key} was refused by the ledger: ${outcome.refusal}`);
  return outcome.transferIds;
}

/** What facts from outside took, and of it what no gift could give. */
export interface Taken {
  transferIds: Id[];
  lackingFen: number;
}

/**
 * Posts facts from outside: they have happened, so they post always. Each names the entry it takes from;
 * what that has no longer comes from the receivable that somebody owes. The accounts are locked by then, so
 * asking the ledger a second time for what it refused waits for nobody.
 */
export async function postFacts(
  books: Books,
  tx: Writing,
  commands: readonly TransferCommand[],
): Promise<Taken[]> {
  const first = await postAll(books, tx, commands);
  const again: { of: number; command: TransferCommand }[] = [];
  const taken = first.map((outcome, of): Taken => {
    if (outcome.status !== 'refused')
      return { transferIds: [...outcome.transferIds], lackingFen: 0 };
    const command = commands[of]!;
    if (outcome.refusal !== 'already_spent' && outcome.refusal !== 'balance_too_low')
      throw new Error(`${outcome.key} was refused by the ledger: ${outcome.refusal}`);
    const left = outcome.available ?? 0;
    if (left > 0) again.push({ of, command: { ...command, amount: left } });
    const { of: _, ...owed } = command;
    const lackingFen = command.amount - left;
    // What goes to the receivable itself simply stands in it on.
    if (command.to !== REFUNDS_OWED)
      again.push({
        of,
        command: { ...owed, key: `${command.key}:owed`, from: REFUNDS_OWED, amount: lackingFen },
      });
    return { transferIds: [], lackingFen };
  });
  const second = await postAll(
    books,
    tx,
    again.map((one) => one.command),
  );
  second.forEach((outcome, index) => {
    taken[again[index]!.of]!.transferIds.push(...transfersOf(outcome));
  });
  return taken;
}
