import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { State, type Tone } from './state.tsx';

/** A clock as the contract gives it: working time left, negative when over. */
export interface WorkingClock {
  dueAt: string;
  workingMinutesLeft: number;
  state: 'running' | 'warned' | 'overdue' | 'paused';
}

const tones: Record<WorkingClock['state'], Tone> = {
  running: 'running',
  warned: 'warned',
  overdue: 'late',
  paused: 'quiet',
};
const MINUTES_PER_DAY = 480;

/** Working minutes as people say them: days of eight hours, hours, minutes. */
export function workingTime(t: TFunction, minutes: number): string {
  const whole = Math.abs(minutes);
  if (whole >= 2 * MINUTES_PER_DAY)
    return t('clock.days', { days: Math.floor(whole / MINUTES_PER_DAY) });
  if (whole >= 60) return t('clock.hours', { hours: Math.floor(whole / 60) });
  return t('clock.minutes', { minutes: whole });
}

/** How much working time is left, in words, shape and colour. */
export function ClockState({ clock }: { clock: WorkingClock }) {
  const { t } = useTranslation();
  const time = workingTime(t, clock.workingMinutesLeft);
  const words = {
    running: t('clock.left', { time }),
    warned: t('clock.half', { time }),
    overdue: t('clock.over', { time }),
    paused: t('clock.stopped'),
  };
  return <State tone={tones[clock.state]}>{words[clock.state]}</State>;
}
