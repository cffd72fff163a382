import { dateInShanghai, formatYuan, monthWords, type Id } from '@wennuan/basics';
import type { Language, RouteOutput, routes } from '@wennuan/contract';

export type KindGiftPath = RouteOutput<typeof routes.kindGift.myPath>;
export type Step = KindGiftPath['steps'][number];

/** Fewer receivers than this are told of a wider area only. */
export const CELL_LEAST = 5;

/** Something of a gift that reached a person: who is told to nobody, only where and when. */
export interface Handed {
  title: string;
  unit: string;
  receiverId: Id;
  areaId: number;
  at: Date;
  quantity: number;
}

/** The areas a hand-over may be told of, the narrowest first. */
export interface Area {
  id: number;
  name: string;
}

/**
 * Hand-overs as steps a giver may read: by thing, place and month. A community with five receivers or
 * more is named; the others go to their street, and from there to the district; in the district fewer
 * than five are told without their number. Pure.
 */
export function handedSteps(
  handed: readonly Handed[],
  above: (areaId: number) => readonly Area[],
): Step[] {
  const steps: Step[] = [];
  const byThing = Map.groupBy(handed, (one) => `${one.title} ${one.unit} ${monthOf(one.at)}`);
  for (const group of byThing.values()) {
    let rest = group;
    for (let level = 0; rest.length > 0; level += 1) {
      const isWidest = rest.every((one) => level >= above(one.areaId).length - 1);
      const cells = Map.groupBy(rest, (one) => at(above(one.areaId), level).id);
      const wider: Handed[] = [];
      for (const cell of cells.values()) {
        const receivers = new Set(cell.map((one) => one.receiverId)).size;
        if (receivers < CELL_LEAST && !isWidest) wider.push(...cell);
        else
          steps.push({
            state: 'handed_over',
            title: cell[0]!.title,
            unit: cell[0]!.unit,
            quantity: cell.reduce((sum, one) => sum + one.quantity, 0),
            place: at(above(cell[0]!.areaId), level).name,
            month: monthOf(cell[0]!.at),
            receivers: receivers < CELL_LEAST ? null : receivers,
            sold: null,
          });
      }
      rest = wider;
    }
  }
  return steps;
}

function at(areas: readonly Area[], level: number): Area {
  return areas[Math.min(level, areas.length - 1)]!;
}

function monthOf(moment: Date): string {
  return dateInShanghai(moment).slice(0, 7);
}

const words = {
  zh: {
    handed_over: (step: Step, month: string) =>
      `${step.quantity} ${step.unit}${step.title}于 ${month}送到${step.place}${step.receivers ? ` ${step.receivers} 户（人）` : '的居民'}手中。`,
    in_store: (step: Step) =>
      `${step.quantity} ${step.unit}${step.title}在${step.place}，等待发放。`,
    on_the_way: (step: Step) => `${step.quantity} ${step.unit}${step.title}正在途中。`,
    set_aside: (step: Step) => `${step.quantity} ${step.unit}${step.title}已备好，即将发放。`,
    in_kits: (step: Step) => `${step.quantity} ${step.unit}${step.title}装进了物资包。`,
    sold: (step: Step) =>
      `${step.quantity} ${step.unit}${step.title}在义卖“${step.sold!.saleName}”卖了 ${formatYuan(step.sold!.amountFen)}，全部归“${step.sold!.targetName}”${step.sold!.arrivedOn ? `，${step.sold!.arrivedOn} 已到账` : '，结算后到账'}。${step.sold!.became.join('')}`,
    written_off: (step: Step) =>
      `${step.quantity} ${step.unit}${step.title}因破损、过期或短少报损，经两人确认。`,
  },
  en: {
    handed_over: (step: Step, month: string) =>
      `${step.quantity} ${step.unit} of ${step.title} reached ${step.receivers ? `${step.receivers} households or persons` : 'residents'} in ${step.place} in ${month}.`,
    in_store: (step: Step) =>
      `${step.quantity} ${step.unit} of ${step.title} are at ${step.place}, waiting to be handed out.`,
    on_the_way: (step: Step) => `${step.quantity} ${step.unit} of ${step.title} are on the way.`,
    set_aside: (step: Step) =>
      `${step.quantity} ${step.unit} of ${step.title} are set aside and will be handed out soon.`,
    in_kits: (step: Step) =>
      `${step.quantity} ${step.unit} of ${step.title} were packed into kits.`,
    sold: (step: Step) =>
      `${step.quantity} ${step.unit} of ${step.title} brought ${formatYuan(step.sold!.amountFen)} at the charity sale “${step.sold!.saleName}”, all of it for “${step.sold!.targetName}”${step.sold!.arrivedOn ? `, where it arrived on ${step.sold!.arrivedOn}` : ', where it arrives once settled'}. ${step.sold!.became.join(' ')}`.trim(),
    written_off: (step: Step) =>
      `${step.quantity} ${step.unit} of ${step.title} were damaged, past their date or missing, and written off by two people.`,
  },
} as const;

/** Steps as a person would tell them. */
export function pathSentences(steps: readonly Step[], language: Language): string[] {
  const say = words[language];
  return steps.map((step) =>
    step.state === 'handed_over'
      ? say.handed_over(step, step.month ? monthWords(step.month, language) : '')
      : say[step.state](step),
  );
}
