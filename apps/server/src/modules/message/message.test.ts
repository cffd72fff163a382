import { routes } from '@wennuan/contract';
import { describe, expect, test } from 'vitest';
import { firstCivilMoment, mayPush, textOf, topicNames } from './message.ts';

describe('when people may be disturbed', () => {
  test.each([
    ['2026-11-22T07:59:59+08:00', '2026-11-22T08:00:00+08:00'],
    ['2026-11-22T08:00:00+08:00', '2026-11-22T08:00:00+08:00'],
    ['2026-11-22T19:59:59+08:00', '2026-11-22T19:59:59+08:00'],
    ['2026-11-22T20:00:00+08:00', '2026-11-23T08:00:00+08:00'],
    ['2026-12-31T23:30:00+08:00', '2027-01-01T08:00:00+08:00'],
    ['2026-11-22T00:00:00+08:00', '2026-11-22T08:00:00+08:00'],
  ])('%s waits until %s', (at, first) => {
    expect(firstCivilMoment(new Date(at))).toEqual(new Date(first));
  });
});

test('C-22: every topic but one’s own matters can be switched off, and place and habit are off at first', () => {
  expect(topicNames.toSorted()).toEqual(
    routes.message.setPush.params.shape.topic.options.toSorted(),
  );
  for (const topic of topicNames) expect(mayPush(topic, false)).toBe(topic === 'service');
  expect(topicNames.filter((topic) => !mayPush(topic, undefined))).toEqual(['near_me', 'activity']);
});

test('a text is signed in front, may have wording of its own, and may be none', () => {
  const command = {
    accountId: 'x',
    topic: 'service',
    title: '有回音',
    body: '',
    link: null,
  } as const;
  expect(textOf('温暖二七', command)).toBe('【温暖二七】有回音');
  expect(textOf('温暖二七', { ...command, body: '请查看' })).toBe('【温暖二七】有回音。请查看');
  expect(textOf('温暖二七', { ...command, text: '短' })).toBe('【温暖二七】短');
  expect(textOf('温暖二七', { ...command, text: null })).toBeNull();
});
