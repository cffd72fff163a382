import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { Card, DateText, EmptyState, Loaded, Page } from '../../../shared/ui/index.ts';
import { thisYear } from '../parts/this-year.ts';

type Use = RouteOutput<typeof routes.award.publicAid>;
type Row = Use['items'][number];

/** Use of aid funds as everybody may know it: sums by programme and street (Social Assistance Measures 62). */
export function AidUsePage() {
  const { t } = useTranslation('public');
  const year = thisYear();
  const query = useRoute(routes.award.publicAid, { query: { year } });
  return (
    <Page title={t('aidUse.title')} description={t('aidUse.description')} lead={t('aidUse.lead')}>
      <Loaded query={query}>{(use) => <Figures use={use} />}</Loaded>
      <p>
        <Link to="/objections">{t('aidUse.object')}</Link>
      </p>
    </Page>
  );
}

function Figures({ use }: { use: Use }) {
  const { t } = useTranslation('public');
  if (use.items.length === 0)
    return (
      <EmptyState title={t('aidUse.noneTitle')}>
        <p>{t('aidUse.noneBody')}</p>
      </EmptyState>
    );
  return (
    <>
      <p className="soft">
        {t('aidUse.year', { year: use.year })} · <DateText at={use.asOf} />
      </p>
      <Bars
        label={t('aidUse.picture')}
        headings={[t('aidUse.programme'), t('aidUse.value')]}
        bars={use.items.map((row) => ({
          key: row.programme,
          label: row.programme,
          value: row.people,
          words: t('aidUse.people', { count: row.people }),
        }))}
      />
      {use.items.map((row) => (
        <ProgrammeUse key={row.programme} row={row} />
      ))}
      {use.fewer.programmes > 0 && <p className="soft">{t('aidUse.fewer', use.fewer)}</p>}
    </>
  );
}

function ProgrammeUse({ row }: { row: Row }) {
  const { t } = useTranslation('public');
  const amount = (sum: number) => {
    if (row.unit === 'fen') return formatYuan(sum);
    if (row.unit === 'times') return t('aidUse.times', { count: sum });
    return t('aidUse.minutes', { count: Math.round(sum / 60) });
  };
  return (
    <Card as="article">
      <h2>{row.programme}</h2>
      <p className="soft">
        {t(`aidUse.source.${row.source}`)} · {row.clause}
      </p>
      <p>
        <strong>
          {t('aidUse.people', { count: row.people })} · {amount(row.amount)}
        </strong>
      </p>
      <Bars
        label={row.programme}
        headings={[t('aidUse.street'), t('aidUse.value')]}
        bars={row.byStreet.map((cell) => ({
          key: cell.area?.code ?? 'others',
          label: cell.area?.name ?? t('aidUse.others'),
          value: cell.people,
          words: `${t('aidUse.people', { count: cell.people })} · ${amount(cell.amount)}`,
          tone: 'calm',
        }))}
      />
    </Card>
  );
}
