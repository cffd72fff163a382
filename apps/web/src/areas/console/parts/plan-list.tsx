import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import type { Column } from '../../../shared/ui/data-table.tsx';
import { Button, DateText, dateWords, say, State } from '../../../shared/ui/index.ts';
import { drawnColumn, wordColumn } from './columns.tsx';
import { isReceived, type Plan, type Recipient } from './goods-codes.ts';
import { EmptyRows, WholeTable } from './list-table.tsx';
import { Pictures } from './pictures.tsx';
import { useSend } from './send.ts';

interface PeopleProps {
  plan: Plan;
  people: readonly Recipient[];
}

/** Everybody on the list: masked, what came of each, and what else they get this month. */
export function People({ plan, people }: PeopleProps) {
  const { t } = useTranslation('console');
  return (
    <section className="panel">
      <h2>{t('people.title')}</h2>
      <WholeTable
        label={t('people.title')}
        rows={people}
        columns={usePeopleColumns(plan)}
        rowKey={(one) => one.id}
        empty={<EmptyRows title={t('people.none')} body={t('people.noneBody')} />}
      />
    </section>
  );
}

function usePeopleColumns(plan: Plan): Column<Recipient>[] {
  const { t } = useTranslation('console');
  return [
    {
      key: 'serial',
      header: t('people.serial'),
      numeric: true,
      value: (one) => one.serial,
      cell: (one) => one.serial,
    },
    wordColumn('who', t('people.who'), (one) => one.maskedName),
    wordColumn('where', t('people.where'), (one) =>
      [one.area.name, one.unitName ?? one.building].filter(Boolean).join(' · '),
    ),
    ...(plan.basis === 'household'
      ? [
          {
            key: 'heads',
            header: t('people.heads'),
            numeric: true,
            value: (one: Recipient) => one.heads,
            cell: (one: Recipient) => one.heads,
          },
        ]
      : []),
    drawnColumn('outcome', t('people.outcome'), {
      words: (one) => t(`people.outcomes.${one.outcome ?? 'waiting'}`),
      draw: (one) => (
        <span>
          <State tone={isReceived(one) ? 'done' : one.outcome ? 'warned' : 'quiet'}>
            {t(`people.outcomes.${one.outcome ?? 'waiting'}`)}
          </State>{' '}
          {one.at && (
            <span className="soft small">
              <DateText at={one.at} /> {one.byName}
            </span>
          )}
        </span>
      ),
    }),
    drawnColumn('note', t('people.note'), {
      words: (one) => one.note,
      draw: (one) => <Remarks one={one} />,
    }),
    ...(plan.state === 'draft'
      ? [
          {
            key: 'remove',
            header: t('people.remove'),
            cell: (one: Recipient) => <Remove planId={plan.id} one={one} />,
          },
        ]
      : []),
  ];
}

function Remarks({ one }: { one: Recipient }) {
  const { t, i18n } = useTranslation('console');
  return (
    <span className="stack-tight">
      {one.sameName && <State tone="warned">{t('people.sameName')}</State>}
      {one.elsewhere.map((other) => (
        <State key={`${other.planName} ${other.onDay}`} tone="warned">
          {t(other.received ? 'people.monthReceived' : 'people.month', {
            name: other.planName,
            day: dateWords(other.onDay, i18n.language, false),
          })}
        </State>
      ))}
      {one.proxy && (
        <span>
          {t('paper.proxy', {
            name: one.proxy.name,
            relation: t(`handOver.relations.${one.proxy.relation}`),
            reason: one.proxy.reason,
          })}
        </span>
      )}
      {one.note && <span>{one.note}</span>}
      <Pictures pictures={one.pictures} />
    </span>
  );
}

function Remove({ planId, one }: { planId: string; one: Recipient }) {
  const { t } = useTranslation('console');
  const call = useSend(routes.distribution.removeRecipient);
  return (
    <Button
      kind="quiet"
      busy={call.busy}
      label={t('people.removeLabel', { serial: one.serial })}
      onPress={() =>
        call.run({ params: { planId, recipientId: one.id } }, () => say(t('people.removed')))
      }
    >
      {t('people.remove')}
    </Button>
  );
}
