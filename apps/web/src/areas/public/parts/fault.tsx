import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiRefusal } from '../../../shared/api/refusal.ts';
import { NotFoundPage } from '../../../shared/ui/fault-pages.tsx';
import { Page, PageSkeleton, RefusalNotice } from '../../../shared/ui/index.ts';

interface FaultProps<T> {
  query: Pick<UseQueryResult<T, ApiRefusal>, 'data' | 'error' | 'refetch'>;
  children: (data: T) => ReactNode;
}

/** A page about one thing: the page itself, or in its place that the thing is not there or cannot be reached. */
export function Fault<T>({ query, children }: FaultProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (!query.error) return <PageSkeleton />;
  // An address that is not even of the right form leads nowhere either.
  if (query.error.status === 404 || query.error.status === 400) return <NotFoundPage />;
  return (
    <Page title={t('error.pageTitle')}>
      <RefusalNotice refusal={query.error} onRetry={() => void query.refetch()} />
    </Page>
  );
}
