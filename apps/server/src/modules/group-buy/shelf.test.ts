import { seededRandom } from '@wennuan/basics';
import { expect, test } from 'vitest';
import { priceAt, stepsHold } from './group-buy.ts';
import {
  decideJoins,
  endHold,
  freePieces,
  isSoldOut,
  mayDecide,
  passOn,
  type Shelf,
} from './shelf.ts';

const CLOSES = new Date('2026-11-23T20:00:00+08:00');
const BEFORE = new Date(CLOSES.getTime() - 1);
const emptyShelf = (limitPieces: number): Shelf => ({
  groupId: 'group',
  limitPieces,
  heldPieces: 0,
  paidPieces: 0,
  waiting: 0,
  nextPlace: 1,
  closesAt: CLOSES,
  isClosed: false,
});
const joinOne = (shelf: Shelf, householdKey: string, wanted = 1, at = BEFORE) =>
  decideJoins(shelf, [{ groupId: 'group', householdKey, wanted }], {
    at,
    takesPart: new Set(),
  })[0]!;

test('pieces that are only held make others wait; all are sold only when all are paid', () => {
  const shelf = emptyShelf(2);
  expect(joinOne(shelf, 'a')).toEqual({ outcome: 'held', place: 1, pieces: 1 });
  expect(joinOne(shelf, 'b', 3)).toEqual({ outcome: 'held', place: 2, pieces: 1 });
  expect(joinOne(shelf, 'c')).toEqual({ outcome: 'waiting', place: 3, ahead: 0 });
  expect(joinOne(shelf, 'd')).toEqual({ outcome: 'waiting', place: 4, ahead: 1 });
  endHold(shelf, 1, true);
  expect(joinOne(shelf, 'e').outcome).toBe('waiting');
  endHold(shelf, 1, true);
  expect(isSoldOut(shelf)).toBe(true);
  expect(joinOne(shelf, 'f')).toEqual({ outcome: 'sold_out' });
});

test('a hold that ends goes to who waits longest, and to nobody else', () => {
  const shelf = emptyShelf(1);
  joinOne(shelf, 'a');
  joinOne(shelf, 'b');
  joinOne(shelf, 'c');
  endHold(shelf, 1, false);
  expect(
    passOn(shelf, [
      { id: 'b', wanted: 1 },
      { id: 'c', wanted: 1 },
    ]),
  ).toEqual([{ id: 'b', pieces: 1 }]);
  expect([freePieces(shelf), shelf.waiting]).toEqual([0, 1]);
});

test('the last millisecond is in time, the next one is not', () => {
  const shelf = emptyShelf(5);
  expect(joinOne(shelf, 'a', 1, BEFORE).outcome).toBe('held');
  expect(joinOne(shelf, 'b', 1, CLOSES).outcome).toBe('closed');
  expect(mayDecide(shelf, CLOSES)).toBe(false);
  endHold(shelf, 1, true);
  expect(mayDecide(shelf, BEFORE)).toBe(false);
  expect(mayDecide(shelf, CLOSES)).toBe(true);
});

test('one household twice in a batch takes part once', () => {
  const shelf = emptyShelf(5);
  const joiner = { groupId: 'group', householdKey: 'a', wanted: 1 };
  const decided = decideJoins(shelf, [joiner, joiner], { at: BEFORE, takesPart: new Set() });
  expect(decided.map((one) => one.outcome)).toEqual(['held', 'already_joined']);
  expect(shelf.heldPieces).toBe(1);
});

test('a thousand random histories never oversell, and leave nothing over while somebody was refused', () => {
  const random = seededRandom(5);
  for (let run = 0; run < 1_000; run += 1) playOnce(random);
});

/** One history against a list of pieces kept by hand: who has each, and whether it is paid. */
function playOnce(random: () => number): void {
  const limit = 1 + Math.floor(random() * 4);
  const shelf = emptyShelf(limit);
  const model: { who: string; paid: boolean }[] = [];
  let queue: { id: string; wanted: number }[] = [];
  const free = () => limit - model.length;
  const give = (who: string, pieces: number) => {
    for (let n = 0; n < pieces; n += 1) model.push({ who, paid: false });
  };
  const pass = () => {
    for (const granted of passOn(shelf, queue)) give(granted.id, granted.pieces);
    queue = queue.filter((one) => !model.some((piece) => piece.who === one.id));
  };
  for (let step = 0; step < 25; step += 1) {
    const dice = random();
    const holders = [...new Set(model.filter((one) => !one.paid).map((one) => one.who))];
    const who = holders[Math.floor(random() * holders.length)];
    if (dice < 0.5) {
      const wanted = 1 + Math.floor(random() * 2);
      const decided = joinOne(shelf, `${step}`, wanted);
      expect(decided.outcome).toBe(
        model.length === limit && model.every((one) => one.paid)
          ? 'sold_out'
          : free() > 0
            ? 'held'
            : 'waiting',
      );
      if (decided.outcome === 'held') give(`${step}`, decided.pieces);
      if (decided.outcome === 'waiting') queue.push({ id: `${step}`, wanted });
    } else if (who !== undefined) {
      const pieces = model.filter((one) => one.who === who);
      endHold(shelf, pieces.length, dice < 0.75);
      if (dice < 0.75) for (const piece of pieces) piece.paid = true;
      else for (const piece of pieces) model.splice(model.indexOf(piece), 1);
      pass();
    }
    expect(model.length).toBeLessThanOrEqual(limit);
    expect(shelf.heldPieces + shelf.paidPieces).toBe(model.length);
    expect(shelf.paidPieces).toBe(model.filter((one) => one.paid).length);
    expect(shelf.waiting).toBe(queue.length);
    expect(free() === 0 || queue.length === 0).toBe(true);
  }
}

test('a price step holds from its pieces on; steps that do not fall are refused', () => {
  const steps = [
    { fromPieces: 1, priceFen: 1_200 },
    { fromPieces: 50, priceFen: 1_000 },
  ];
  expect([1, 49, 50, 99].map((pieces) => priceAt(steps, pieces))).toEqual([
    1_200, 1_200, 1_000, 1_000,
  ]);
  expect(stepsHold(steps, 100)).toBe(true);
  expect(stepsHold(steps, 49)).toBe(false);
  expect(stepsHold([{ fromPieces: 2, priceFen: 1_200 }], 100)).toBe(false);
  expect(stepsHold([steps[0]!, { fromPieces: 50, priceFen: 1_200 }], 100)).toBe(false);
});
