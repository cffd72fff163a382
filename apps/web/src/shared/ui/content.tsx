import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiRefusal } from '../api/refusal.ts';
import { Button } from './button.tsx';
import { useRefusalText } from './form.tsx';
import { useShown } from './shown.ts';
import { Skeleton } from './skeleton.tsx';
import { Notice } from './state.tsx';

interface CardProps {
  /** Whether a click anywhere follows the card's first link. */
  link?: boolean;
  raised?: boolean;
  as?: 'div' | 'article' | 'li' | 'section';
  children: ReactNode;
}

/** Things that belong together, on white. */
export function Card({ link, raised, as: Element = 'div', children }: CardProps) {
  return (
    <Element className={`card${link ? ' card-link' : ''}${raised ? ' card-raised' : ''}`}>
      {children}
    </Element>
  );
}

interface EmptyStateProps {
  /** What would be here. */
  title: string;
  /** How to begin. */
  children?: ReactNode;
}

/** An empty list: what would be here and how to begin. */
export function EmptyState({ title, children }: EmptyStateProps) {
  return (
    <div className="empty">
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** A refusal or outage where the content would be; something passing goes on by itself. */
export function RefusalNotice({ refusal, onRetry }: { refusal: ApiRefusal; onRetry?: () => void }) {
  const { t } = useTranslation();
  const text = useRefusalText();
  return (
    <div role="alert">
      <Notice tone="late" title={t('error.failed')}>
        <p>{text(refusal)}</p>
        {onRetry && (
          <p>
            <Button onPress={onRetry}>{t('retry')}</Button>
          </p>
        )}
      </Notice>
    </div>
  );
}

interface LoadedProps<T> {
  query: Pick<UseQueryResult<T, ApiRefusal>, 'data' | 'error' | 'refetch'>;
  children: (data: T) => ReactNode;
  lines?: number;
}

/** What a query brought; before that grey lines, and on a refusal its sentence. Old data stay during an outage. */
export function Loaded<T>({ query, children, lines }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error)
    return <RefusalNotice refusal={query.error} onRetry={() => void query.refetch()} />;
  return <Skeleton lines={lines} />;
}

/** A list as `usePages` and `useList` give it. */
export interface ListOf<T> {
  items: readonly T[];
  isPending: boolean;
  error: ApiRefusal | null;
  retry?: () => void;
  /** There is more to fetch; a list that came whole says nothing of it. */
  hasMore?: boolean;
  busy?: boolean;
  more?: () => void;
}

interface ListedProps<T> {
  list: ListOf<T>;
  /** What stands there while there is nothing: what would be here, and how to begin. */
  empty: ReactNode;
  /** How many are shown at first, where the rest would make a telephone's page endless. */
  atOnce?: number;
  lines?: number;
  children: (items: readonly T[]) => ReactNode;
}

/** A list: grey lines first, then what it holds, and a button for the rest that leaves the reader where she is. */
export function Listed<T>({ list, empty, atOnce = Infinity, lines, children }: ListedProps<T>) {
  const { t } = useTranslation();
  const [most, showMore] = useShown(atOnce);
  const { items, hasMore = false, busy = false } = list;
  // Of a list that comes page by page as many pages are fetched as were open before.
  const isShort = hasMore && !busy && !list.error && most < Infinity && items.length < most;
  const fetchMore = useEffectEvent(() => list.more?.());
  useEffect(() => {
    if (isShort) fetchMore();
  }, [isShort, items.length]);
  if (list.isPending) return <Skeleton lines={lines} />;
  if (items.length === 0)
    return list.error ? <RefusalNotice refusal={list.error} onRetry={list.retry} /> : empty;
  const isCut = items.length > most;
  return (
    <>
      {children(isCut ? items.slice(0, most) : items)}
      {(isCut || hasMore) && (
        <Button busy={busy} onPress={() => (atOnce < Infinity ? showMore() : list.more?.())}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

export interface Step {
  key: string;
  title: ReactNode;
  state: 'done' | 'now' | 'ahead';
  children?: ReactNode;
}

/** What happened and what comes, from top to bottom. The state is also said in words. */
export function Steps({ steps, label }: { steps: readonly Step[]; label: string }) {
  const { t } = useTranslation();
  return (
    <ol className="steps" aria-label={label}>
      {steps.map((step) => (
        <li
          key={step.key}
          className="step"
          data-state={step.state}
          aria-current={step.state === 'now' ? 'step' : undefined}
        >
          <strong>
            {step.title}
            <span className="visually-hidden">({t(`steps.${step.state}`)})</span>
          </strong>
          {step.children}
        </li>
      ))}
    </ol>
  );
}

/** Label and value pairs. */
export function Facts({ rows }: { rows: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="facts">
      {rows.map(([label, value]) => (
        <div key={label} className="facts-row">
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
