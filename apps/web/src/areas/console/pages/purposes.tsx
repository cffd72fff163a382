import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useList, usePages } from '../../../shared/api/query.ts';
import { useBoth } from '../../../shared/program/words.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  DateText,
  EmptyState,
  Page,
  RefusalNotice,
  say,
  State,
} from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';
import { PurposeForm } from '../person/purpose-form.tsx';

type Purpose = RouteOutput<typeof routes.purpose.list>['items'][number];
type Exchange = RouteOutput<typeof routes.purpose.exchanges>['items'][number];

/** For what each department may read what others say, and every exchange there was. */
export function PurposesPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const query = useList(routes.purpose.list);
  const writes = holds(session, 'purpose.write');
  return (
    <Page
      title={t(writes ? 'purposes.title' : 'purposes.ownTitle')}
      lead={t(writes ? 'purposes.lead' : 'purposes.ownLead')}
    >
      {writes && <PurposeForm />}
      <Listed
        list={query}
        empty={
          <EmptyState title={t('purposes.emptyTitle')}>
            <p>{t('purposes.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <ul className="tasks" aria-label={t('purposes.list')}>
            {items.map((one) => (
              <PurposeRow key={one.id} purpose={one} writes={writes} />
            ))}
          </ul>
        )}
      </Listed>
      <Exchanges />
    </Page>
  );
}

function PurposeRow({ purpose, writes }: { purpose: Purpose; writes: boolean }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const end = useSend(routes.purpose.end);
  return (
    <li className="card-row">
      <span className="row-between">
        <strong>
          {purpose.department} · {purpose.purpose}
        </strong>
        <State tone={purpose.isValid ? 'done' : 'quiet'}>
          {t(purpose.isValid ? 'purposes.valid' : 'purposes.notValid')}
        </State>
      </span>
      <span>{purpose.fields.map(({ title }) => both(title)).join('、')}</span>
      <span className="soft small">
        {purpose.legalBasis} ·{' '}
        {t('purposes.period', { from: purpose.validFrom, until: purpose.validUntil })}
      </span>
      {writes && purpose.isValid && (
        <span>
          <Button
            kind="quiet"
            busy={end.busy}
            label={t('purposes.endLabel', { purpose: purpose.purpose })}
            onPress={() =>
              end.run({ params: { purposeId: purpose.id } }, () => say(t('purposes.ended')))
            }
          >
            {t('purposes.end')}
          </Button>
        </span>
      )}
      {end.refusal && <RefusalNotice refusal={end.refusal} />}
    </li>
  );
}

function Exchanges() {
  const { t } = useTranslation('console');
  const list = usePages(routes.purpose.exchanges, { query: { limit: 30 } });
  return (
    <section className="stack-tight">
      <h2>{t('purposes.exchanges')}</h2>
      <Listed list={list} empty={<p className="soft">{t('purposes.exchangesEmpty')}</p>}>
        {(items) => (
          <ul className="list">
            {items.map((one) => (
              <ExchangeRow key={one.id} exchange={one} />
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function ExchangeRow({ exchange }: { exchange: Exchange }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  const from = exchange.from ?? t('purposes.several');
  const to = exchange.department ?? t('purposes.programme');
  return (
    <li>
      <span>
        <State tone="quiet">{t(`purposes.kinds.${exchange.kind}`)}</State>{' '}
        {t('purposes.exchangeTo', { from, to })} · {exchange.purpose} ·{' '}
        {t('purposes.people', { count: exchange.people })}
      </span>
      <span className="soft small">
        {t('person.exchangeBasis', {
          basis: exchange.legalBasis,
          fields: exchange.fields.map(both).join('、'),
        })}{' '}
        · {exchange.byName} · <DateText at={exchange.at} />
      </span>
    </li>
  );
}
