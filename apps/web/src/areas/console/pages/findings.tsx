import { findingKinds, type RouteOutput, routes } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePages, useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import type { Column } from '../../../shared/ui/data-table.tsx';
import {
  Button,
  ButtonLink,
  ClockState,
  DateText,
  Loaded,
  Page,
  say,
  Select,
  State,
} from '../../../shared/ui/index.ts';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { Filters } from '../parts/filters.tsx';
import { ListTable } from '../parts/list-table.tsx';
import { evidenceLine } from '../parts/finding-words.ts';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

type Finding = RouteOutput<typeof routes.supervision.findings>['items'][number];
type Summary = RouteOutput<typeof routes.supervision.summary>;

/** Cases of aid supervision: how many of each kind, and the list. */
export function FindingsPage() {
  const { t } = useTranslation('console');
  const { kind, open = 'true' } = useSearch({ from: '/desk/findings' });
  const { session } = useSession();
  const summary = useRoute(routes.supervision.summary);
  const list = usePages(routes.supervision.findings, { query: { kind, open, limit: 100 } });
  return (
    <Page
      title={t('findings.title')}
      lead={t('findings.lead')}
      width="wide"
      aside={
        holds(session, 'coverage.read') && (
          <ButtonLink to="/desk/coverage">{t('findings.coverage')}</ButtonLink>
        )
      }
    >
      <Loaded query={summary}>{(data) => <Kinds summary={data} />}</Loaded>
      <FindingFilters kind={kind} open={open} />
      <ListTable
        label={t('findings.list')}
        list={list}
        columns={useColumns()}
        rowKey={(one) => one.id}
        empty={[t('findings.emptyTitle'), t('findings.emptyBody')]}
      />
    </Page>
  );
}

function Kinds({ summary }: { summary: Summary }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const look = useSend(routes.supervision.look);
  const shown = summary.kinds.filter(
    (one) => one.open + one.explained + one.recovered + one.referred > 0,
  );
  return (
    <section className="panel">
      <span className="row-between">
        <span className="soft">
          {t('findings.lookedAt')}{' '}
          {summary.lookedAt ? <DateText at={summary.lookedAt} /> : t('findings.never')}
        </span>
        {holds(session, 'finding.look') && (
          <Button
            busy={look.busy}
            onPress={() =>
              look.run({}, ({ found, gone }) => say(t('findings.looked', { found, gone })))
            }
          >
            {look.busy ? t('findings.looking') : t('findings.lookNow')}
          </Button>
        )}
      </span>
      {shown.length > 0 && (
        <Bars
          label={t('findings.kinds')}
          headings={[t('findings.kind'), t('findings.open')]}
          bars={shown.map((one) => ({
            key: one.kind,
            label: (
              <Link to="/desk/findings" search={{ kind: one.kind }}>
                {t(`findings.kindName.${one.kind}`)}
              </Link>
            ),
            value: one.open,
            words: `${t('findings.open')} ${one.open} · ${t('findings.ended')} ${one.explained + one.recovered + one.referred}`,
            tone: one.kind === 'dead_paid' ? 'late' : 'calm',
          }))}
        />
      )}
    </section>
  );
}

function FindingFilters({ kind, open }: { kind?: Finding['kind']; open: 'true' | 'false' }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const navigate = useNavigate();
  const go = (search: { kind?: Finding['kind']; open?: 'true' | 'false' }) =>
    void navigate({ to: '/desk/findings', search, replace: true });
  return (
    <Filters>
      <Select
        name="kind"
        label={t('findings.kind')}
        placeholder={shared('all')}
        value={kind ?? ''}
        onChange={(picked) => go({ kind: oneOf(findingKinds, picked), open })}
        options={findingKinds.map((one) => ({ value: one, label: t(`findings.kindName.${one}`) }))}
      />
      <Select
        name="open"
        label={t('findings.state')}
        value={open}
        onChange={(picked) => go({ kind, open: picked === 'false' ? 'false' : 'true' })}
        options={[
          { value: 'true', label: t('findings.open') },
          { value: 'false', label: t('findings.ended') },
        ]}
      />
    </Filters>
  );
}

function useColumns(): Column<Finding>[] {
  const { t, i18n } = useTranslation('console');
  return [
    drawnColumn('number', t('findings.number'), {
      words: (one) => one.number,
      draw: (one) => (
        <Link to="/desk/findings/$findingId" params={{ findingId: one.id }} className="number">
          {one.number}
        </Link>
      ),
    }),
    wordColumn('kind', t('findings.kind'), (one) => t(`findings.kindName.${one.kind}`)),
    wordColumn('person', t('findings.person'), (one) => one.person?.maskedName ?? null),
    wordColumn('area', t('findings.area'), (one) => one.area.name),
    wordColumn('evidence', t('findings.evidence'), (one) =>
      evidenceLine(t, i18n.language, one.evidence),
    ),
    dateColumn('found', t('findings.move.found'), (one) => one.foundAt),
    drawnColumn('clock', t('findings.clock'), {
      words: (one) => one.clock?.state ?? one.outcome,
      draw: (one) =>
        one.outcome ? (
          <State tone="done">{t(`findings.outcome.${one.outcome}`)}</State>
        ) : (
          one.clock && <ClockState clock={one.clock} />
        ),
    }),
  ];
}
