import { dateInShanghai, formatYuan } from '@wennuan/basics';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';

/** An amount in fen as `¥1,234.50`. */
export function Money({ fen }: { fen: number }) {
  return <span className="number">{formatYuan(fen)}</span>;
}

const parts = (at: Date, language: string, options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'zh-CN', {
    timeZone: 'Asia/Shanghai',
    ...options,
  }).format(at);

const timeOf = (at: Date) =>
  parts(at, 'zh', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const PLAIN_DATE_LENGTH = 10;

const yearOf = (at: Date) => dateInShanghai(at).slice(0, 4);

/** `11月3日 周二 14:05`, with the year when it is not this one. A plain date has no time; `withTime: false` leaves it out. */
export function dateWords(
  instant: string,
  language: string,
  withTime = instant.length > PLAIN_DATE_LENGTH,
): string {
  const at = new Date(/^\d{4}-\d{2}-\d{2}$/.test(instant) ? `${instant}T00:00:00+08:00` : instant);
  // The year in Shanghai: where the server draws the page it may still be the year before.
  const otherYear = yearOf(at) !== yearOf(new Date());
  const day = parts(at, language, {
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
    ...(otherYear && { year: 'numeric' }),
  });
  const weekday = parts(at, language, { weekday: 'short' });
  return [day, weekday, withTime && timeOf(at)].filter(Boolean).join(' ');
}

/** A month or a year as people say it: `2026-11` is `2026年11月`, `2026` is `2026年`; anything else stays as it is. */
export function monthWords(period: string, language: string): string {
  if (/^\d{4}$/.test(period)) return language === 'en' ? period : `${period}年`;
  if (!/^\d{4}-\d{2}$/.test(period)) return period;
  return parts(new Date(`${period}-01T00:00:00+08:00`), language, {
    year: 'numeric',
    month: language === 'en' ? 'short' : 'long',
  });
}

/** A day among days of one month: `11月2日`. */
export function dayWords(day: string, language: string): string {
  return parts(new Date(`${day}T00:00:00+08:00`), language, {
    month: language === 'en' ? 'short' : 'long',
    day: 'numeric',
  });
}

/** Text with the plain dates in it (`2026-11-08`) told as people say them. */
export function withDates(text: string, language: string): string {
  return text.replace(/\d{4}-\d{2}-\d{2}(?![\d-])/g, (day) => dateWords(day, language));
}

const GRAMS_IN_KILO = 1_000;

/** How much of a thing, with its unit. What is weighed is held in grams and told in kilograms. */
export function quantityWords(count: number, unit: string, language: string): string {
  const grouped = (value: number) => value.toLocaleString('en-US');
  if (unit !== '克' || Math.abs(count) < GRAMS_IN_KILO) return `${grouped(count)} ${unit}`;
  return `${grouped(count / GRAMS_IN_KILO)} ${language === 'en' ? 'kg' : '公斤'}`;
}

/** Under a day: `3 小时前`; else null. */
export function agoWords(t: TFunction, instant: string, nowMillis: number): string | null {
  const minutes = Math.floor((nowMillis - Date.parse(instant)) / 60_000);
  if (minutes < 0 || minutes >= 1_440) return null;
  if (minutes < 1) return t('date.justNow');
  if (minutes < 60) return t('date.minutesAgo', { minutes });
  return t('date.hoursAgo', { hours: Math.floor(minutes / 60) });
}

interface DateTextProps {
  /** An instant, or a plain date `YYYY-MM-DD`. */
  at: string;
  /** Says `3 小时前` while it is less than a day old. Not for pages the server draws. */
  relative?: boolean;
  withTime?: boolean;
}

/** A date as people here read it, in Zhengzhou's time. */
export function DateText({ at, relative, withTime }: DateTextProps) {
  const { t, i18n } = useTranslation();
  const words = dateWords(at, i18n.language, withTime);
  const ago = relative ? agoWords(t, at, Date.now()) : null;
  return (
    <time dateTime={at} title={ago ? words : undefined} className="number">
      {ago ?? words}
    </time>
  );
}

interface FigureProps {
  /** Already formatted: `1,234` or `¥1,234.50`. */
  value: string;
  /** 人, 件, 元 …: every figure names its unit. */
  unit: string;
  label: string;
  /** From when it is. */
  asOf?: string;
}

/** A big figure with its unit, what it counts, and from when it is. */
export function Figure({ value, unit, label, asOf }: FigureProps) {
  const { t, i18n } = useTranslation();
  return (
    <div className="figure-tile">
      <span className="soft">{label}</span>
      <span className="figure-value">
        {value}
        {unit && <small>{unit}</small>}
      </span>
      {asOf && (
        <span className="soft small">
          {t('chart.asOf', { at: dateWords(asOf, i18n.language) })}
        </span>
      )}
    </div>
  );
}
