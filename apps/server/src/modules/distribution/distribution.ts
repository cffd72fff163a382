import { createHash } from 'node:crypto';
import { dateInShanghai, Refusal, type Id, type PlainDate } from '@wennuan/basics';
import type { RouteOutput, routes, shapes } from '@wennuan/contract';
import type { z } from 'zod';

export type PlanState = 'draft' | 'submitted' | 'approved' | 'closed' | 'cancelled';
export type Basis = 'person' | 'household';
export type Outcome = 'handed' | 'proxy' | 'refused' | 'absent' | 'moved' | 'died';
export type Figures = z.output<typeof shapes.distributionFigures>;
export type PlanView = RouteOutput<typeof routes.distribution.read>;
export type RecipientView = RouteOutput<typeof routes.distribution.handOver>;
export type Tick = z.output<typeof shapes.tickBody>;

/** A plan as it is stored. */
export interface Plan {
  readonly id: Id;
  readonly number: string;
  readonly name: string;
  readonly areaId: number;
  readonly areaIds: number[];
  readonly basis: Basis;
  readonly onDay: PlainDate;
  readonly fromTime: string | null;
  readonly untilTime: string | null;
  readonly way: 'place' | 'door';
  readonly placeId: Id | null;
  readonly stockPlaceId: Id;
  readonly giverLabel: string;
  readonly state: PlanState;
  readonly valueFen: number;
  readonly approvalId: Id | null;
  readonly madeBy: Id;
  readonly closedAt: Date | null;
  readonly version: number;
}

/** What each on the list gets of an item. */
export interface Line {
  readonly itemId: Id;
  readonly quantity: number;
  readonly perHead: boolean;
}

/** One on the list. */
export interface Recipient {
  readonly id: Id;
  readonly planId: Id;
  readonly serial: number;
  readonly areaId: number;
  readonly personId: Id | null;
  readonly householdId: Id | null;
  readonly accountId: Id | null;
  readonly identityKey: Buffer;
  readonly nameKey: Buffer;
  readonly nameSealed: Buffer | null;
  readonly word: string;
  readonly building: string | null;
  readonly heads: number;
  readonly roundId: Id | null;
  readonly outcome: Outcome | null;
  readonly tickId: Id | null;
  readonly outcomeAt: Date | null;
  readonly outcomeBy: Id | null;
  readonly toldSealed: Buffer | null;
}

/** What is set aside for a plan of one lot; the id is its account in the ledger. */
export interface Ready {
  readonly id: Id;
  readonly stockId: Id;
  readonly lotId: Id;
  readonly itemId: Id;
  readonly quantity: number;
  readonly returned: number | null;
}

/** More on one list are several days' work. */
export const LIST_MOST = 2_000;
export const STATE_WORDS: Record<PlanState, string> = {
  draft: '草稿',
  submitted: '待审批',
  approved: '已批准',
  closed: '已结束',
  cancelled: '已取消',
};
/** Words that are easily said and told apart. */
const WORDS = [
  '桂花',
  '石榴',
  '月季',
  '喜鹊',
  '青竹',
  '红枣',
  '荷叶',
  '银杏',
  '蜜桃',
  '山楂',
  '白杨',
  '金橘',
  '海棠',
  '小米',
  '芝麻',
  '核桃',
  '腊梅',
  '葡萄',
  '燕子',
  '春茶',
] as const;

/** The word somebody shows to prove that the message was hers; the same each time it is asked. */
export function wordOf(recipientId: Id): string {
  const hash = createHash('sha256').update(recipientId).digest();
  return WORDS[hash.readUInt16BE(0) % WORDS.length]!;
}

/** Pieces of a line for one on the list. */
export function piecesFor(line: Line, heads: number): number {
  return line.quantity * (line.perHead ? heads : 1);
}

/** Pieces of each item that a list needs. */
export function neededOf(lines: readonly Line[], figures: Pick<Figures, 'listed' | 'heads'>) {
  return lines.map((line) => ({
    itemId: line.itemId,
    quantity: line.quantity * (line.perHead ? figures.heads : figures.listed),
  }));
}

/** Counts by outcome as they come from the database, as one plan's figures. */
export function figuresOf(
  counts: readonly { outcome: string | null; people: number; heads: number }[],
): Figures {
  const of = (outcome: Outcome | null) =>
    counts.find((count) => count.outcome === outcome)?.people ?? 0;
  return {
    listed: counts.reduce((sum, count) => sum + count.people, 0),
    heads: counts.reduce((sum, count) => sum + count.heads, 0),
    waiting: of(null),
    handed: of('handed'),
    proxy: of('proxy'),
    refused: of('refused'),
    absent: of('absent'),
    moved: of('moved'),
    died: of('died'),
  };
}

/** Refuses unless the plan is in one of the states, naming the one it is in. */
export function mustBe(plan: Pick<Plan, 'state'>, ...states: readonly PlanState[]): void {
  if (states.includes(plan.state)) return;
  const code =
    states.includes('approved') && states.length === 1 ? 'plan_not_approved' : 'plan_not_open';
  throw new Refusal(code, { state: STATE_WORDS[plan.state] });
}

/** True on the plan's day and after it, once it is agreed to. */
export function mayHandOver(plan: Pick<Plan, 'state' | 'onDay'>, now: Date): boolean {
  return plan.state === 'approved' && dateInShanghai(now) >= plan.onDay;
}

/** True when the outcome means that somebody took the goods. */
export function isReceived(outcome: Outcome | null): boolean {
  return outcome === 'handed' || outcome === 'proxy';
}

/** What a tick must bring: a signature or a picture, a proxy's name, a reason. Refuses the first that is missing. */
export function checkTick(tick: Tick): void {
  const isShown = tick.signatureId !== null || tick.pictureIds.length > 0;
  if (isReceived(tick.outcome) && !isShown)
    throw new Refusal('signature_required', {}, 'signatureId');
  if (tick.outcome === 'proxy' && !tick.proxy) throw new Refusal('proxy_required', {}, 'proxy');
  if (tick.outcome === 'refused' && tick.note.length < 2)
    throw new Refusal('reason_required', {}, 'note');
}

/** A name in its one spelling: width, blanks and the dots of names from other languages do not matter. */
export function plainName(name: string): string {
  return name
    .normalize('NFKC')
    .replace(/[\s·•・‧∙.]/gu, '')
    .toUpperCase();
}

const pinyin = new Intl.Collator('zh-Hans-CN-u-co-pinyin');
/** The first character of each initial in the order of pinyin. */
const FIRSTS = '阿八嚓哒妸发旮哈讥咔垃呣拏噢妑七呥扨它穵夕丫帀';
const INITIALS = 'abcdefghjklmnopqrstwxyz';

/** First letters of a name's pinyin, to be found by: 王小芳 → wxf. Other scripts keep their own letters. */
export function initialsOf(name: string): string {
  return [...plainName(name)]
    .map((character) => {
      if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase();
      let letter = 'a';
      for (const [place, first] of [...FIRSTS].entries())
        if (pinyin.compare(first, character) <= 0) letter = INITIALS[place]!;
      return letter;
    })
    .join('');
}

/** First and last day of a date's month. */
export function monthOf(day: PlainDate): { first: PlainDate; last: PlainDate } {
  return { first: `${day.slice(0, 7)}-01`, last: `${day.slice(0, 7)}-31` };
}
