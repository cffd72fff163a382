import { newId } from '@wennuan/basics';
import { describe, expect, it } from 'vitest';
import { workingTime } from '../place/working-time.ts';
import { clockOf, minutesLeft, resumed, watch, type Task } from './desk.ts';

const at = (text: string) => new Date(`${text}+08:00`);

/** A task of two working days, opened on Monday morning. */
function task(change: Partial<Task> = {}): Task {
  const openedAt = at('2026-11-23T09:00:00');
  const dueAt = workingTime.add(openedAt, 960);
  return {
    id: newId(),
    kind: 'verify',
    subjectKind: 'need',
    subjectId: newId(),
    number: 'XY-000001',
    title: '微心愿',
    detail: null,
    areaId: 1,
    building: null,
    roles: ['community_worker'],
    level: 'community',
    ownerId: null,
    urgent: false,
    openedAt,
    dueAt,
    stageMinutes: 960,
    givenMinutes: 960,
    pausedAt: null,
    leftMinutes: null,
    warnedAt: null,
    escalatedTo: null,
    nextAt: workingTime.add(openedAt, 480),
    ...change,
  };
}
const left = (given: Task, now: string) => minutesLeft(given, at(now), workingTime);
const shown = (given: Task, now: string) => clockOf(given, at(now), workingTime);
const watched = (given: Task, now: string): Task => {
  const { steps: _steps, ...change } = watch(given, at(now), workingTime);
  return { ...given, ...change };
};

describe('a clock', () => {
  it('counts working hours: nights, weekends and holidays do not pass, worked Saturdays do', () => {
    expect(left(task(), '2026-11-23T17:30:00')).toBe(510);
    expect(left(task(), '2026-11-24T03:00:00')).toBe(510);
    const friday = at('2026-11-27T16:30:00');
    const overWeekend = task({ openedAt: friday, dueAt: workingTime.add(friday, 960) });
    expect(left(overWeekend, '2026-11-30T08:30:00')).toBe(900);
    // 2026: National Day is free from 1 to 7 October; Saturday the 10th is worked.
    const beforeFeast = at('2026-09-30T16:30:00');
    const overFeast = task({ openedAt: beforeFeast, dueAt: workingTime.add(beforeFeast, 960) });
    expect(left(overFeast, '2026-10-07T23:00:00')).toBe(900);
  });

  it('of an urgent kind counts day and night', () => {
    const urgent = task({ urgent: true, dueAt: at('2026-11-24T01:00:00') });
    expect(left(urgent, '2026-11-24T00:00:00')).toBe(60);
  });

  it('runs, warns at half-time, is overdue at zero', () => {
    expect(shown(task(), '2026-11-23T10:00:00').state).toBe('running');
    expect(shown(task(), '2026-11-24T09:00:00').state).toBe('warned');
    expect(shown(task(), '2026-11-25T09:00:00').state).toBe('overdue');
    expect(shown(task(), '2026-11-25T10:00:00').workingMinutesLeft).toBe(-60);
  });

  it('stands still while paused and goes on with what was left, without escalating meanwhile', () => {
    const paused = task({ pausedAt: at('2026-11-23T11:00:00'), leftMinutes: 840 });
    expect(shown(paused, '2026-12-20T10:00:00')).toMatchObject({
      state: 'paused',
      workingMinutesLeft: 840,
    });
    const { dueAt, nextAt } = resumed(paused, at('2026-12-01T08:30:00'), workingTime);
    expect(workingTime.between(at('2026-12-01T08:30:00'), dueAt)).toBe(840);
    expect(workingTime.between(nextAt!, dueAt)).toBe(480);
  });

  it('that jumped back makes no time and takes nothing back', () => {
    expect(left(task(), '2026-11-01T09:00:00')).toBe(960);
    const late = watched(task(), '2026-11-25T09:00:00');
    expect(late.escalatedTo).toBe('street');
    expect(shown(late, '2026-11-23T09:00:00')).toMatchObject({
      state: 'overdue',
      escalatedTo: 'street',
    });
    expect(watch(late, at('2026-11-20T09:00:00'), workingTime).steps).toEqual([]);
    const paused = task({ pausedAt: at('2026-11-24T11:00:00'), leftMinutes: 100 });
    const { dueAt } = resumed(paused, at('2026-11-23T11:00:00'), workingTime);
    expect(workingTime.between(at('2026-11-24T11:00:00'), dueAt)).toBe(100);
  });
});

describe('the watch', () => {
  const steps = (given: Task, now: string) => watch(given, at(now), workingTime).steps;

  it('does each step once, in order, also when it was away for long', () => {
    expect(steps(task(), '2026-11-23T10:00:00')).toEqual([]);
    expect(steps(task(), '2026-11-24T09:00:00')).toEqual(['warned']);
    expect(steps(task(), '2026-11-25T09:00:00')).toEqual(['warned', 'street']);
    expect(steps(task(), '2027-01-25T09:00:00')).toEqual(['warned', 'street', 'district']);
    const done = watched(task(), '2027-01-25T09:00:00');
    expect(done.nextAt).toBeNull();
    expect(steps(done, '2027-02-25T09:00:00')).toEqual([]);
  });

  it('sends a street’s own task straight to the district, after its first stage', () => {
    expect(steps(task({ level: 'street' }), '2026-11-25T09:00:00')).toEqual(['warned', 'district']);
  });

  it('waits one more stage length between street and district', () => {
    const late = watched(task(), '2026-11-25T09:00:00');
    expect(workingTime.between(late.dueAt, late.nextAt!)).toBe(960);
  });
});
