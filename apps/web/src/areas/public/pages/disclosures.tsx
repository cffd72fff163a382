import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import {
  ButtonLink,
  DateText,
  EmptyState,
  Figure,
  Loaded,
  Page,
  State,
} from '../../../shared/ui/index.ts';
import { DutyTable } from '../parts/duty-calendar.tsx';
import { useAsOf, useFederation, wholeNumber } from '../parts/words.ts';

type Calendar = RouteOutput<typeof routes.disclosure.publicDuties>;

/** What the charity owes the public, until when, and what it has published. */
export function DisclosuresPage() {
  const { t } = useTranslation('public');
  const federation = useFederation();
  const query = useRoute(routes.disclosure.publicDuties);
  return (
    <Page
      title={t('disclosures.title')}
      description={t('disclosures.description', { federation })}
      lead={t('disclosures.lead', { federation })}
      width="wide"
    >
      <Loaded query={query}>{(calendar) => <Body calendar={calendar} />}</Loaded>
    </Page>
  );
}

function Body({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const open = calendar.items.filter((duty) => duty.daysLeft !== null);
  const ended = calendar.items.filter((duty) => duty.daysLeft === null).toReversed();
  const onTime = ended.filter((duty) => duty.state === 'done').length;
  return (
    <>
      <div className="figures">
        <Figure
          label={t('disclosures.open')}
          value={wholeNumber(open.length)}
          unit={t('disclosures.unit')}
        />
        <Figure
          label={t('disclosures.overdue')}
          value={wholeNumber(calendar.overdue)}
          unit={t('disclosures.unit')}
        />
        <Figure
          label={t('disclosures.onTime')}
          value={`${onTime} / ${ended.length}`}
          unit={t('disclosures.unit')}
        />
      </div>
      <p className="soft small">{asOf(calendar.asOf)}</p>
      <section className="stack-tight" aria-labelledby="open-duties">
        <h2 id="open-duties">{t('disclosures.openTitle')}</h2>
        {open.length === 0 ? (
          <p>{t('disclosures.openNone')}</p>
        ) : (
          <DutyTable duties={open} label={t('disclosures.openTitle')} />
        )}
      </section>
      <Published />
      {ended.length > 0 && (
        <section className="stack-tight" aria-labelledby="ended-duties">
          <h2 id="ended-duties">{t('disclosures.endedTitle')}</h2>
          <DutyTable duties={ended} label={t('disclosures.endedTitle')} />
        </section>
      )}
      <Rules calendar={calendar} />
    </>
  );
}

function Published() {
  const { t } = useTranslation('public');
  const { after } = useSearch({ from: '/public/disclosures' });
  const query = useRoute(routes.disclosure.disclosures, { query: { limit: 20, after } });
  return (
    <section className="stack-tight" aria-labelledby="published">
      <h2 id="published">{t('disclosures.published')}</h2>
      <Loaded query={query}>
        {({ items, next }) =>
          items.length === 0 ? (
            <EmptyState title={t('disclosures.publishedNone')} />
          ) : (
            <>
              <ul className="movements">
                {items.map((one) => (
                  <li key={one.number}>
                    <span className="movement-what">
                      <Link to="/disclosures/$number" params={{ number: one.number }}>
                        {one.title}
                      </Link>
                      <span className="soft small">
                        {one.subject.name} · <DateText at={one.publishedAt} withTime={false} /> ·{' '}
                        <span className="number">{one.number}</span>
                      </span>
                    </span>
                    {one.corrections.length > 0 && (
                      <State tone="warned">{t('disclosures.corrected')}</State>
                    )}
                    {one.late && <State tone="late">{t('disclosures.late')}</State>}
                  </li>
                ))}
              </ul>
              {next && (
                <ButtonLink to="/disclosures" search={{ after: next }}>
                  {t('more')}
                </ButtonLink>
              )}
            </>
          )
        }
      </Loaded>
    </section>
  );
}

/** Each duty with the article it comes from. */
function Rules({ calendar }: { calendar: Calendar }) {
  const { t } = useTranslation('public');
  return (
    <section className="stack-tight" aria-labelledby="rules">
      <h2 id="rules">{t('disclosures.rules')}</h2>
      <div className="table-scroll" role="region" aria-label={t('disclosures.rules')} tabIndex={0}>
        <table className="table-plain table-stacks">
          <thead>
            <tr>
              <th scope="col">{t('duty.what')}</th>
              <th scope="col">{t('disclosures.deadline')}</th>
              <th scope="col">{t('disclosures.source')}</th>
            </tr>
          </thead>
          <tbody>
            {calendar.rules.map((rule) => (
              <tr key={rule.kind}>
                <th scope="row">{rule.title}</th>
                <td data-label={t('disclosures.deadline')}>{rule.deadline}</td>
                <td data-label={t('disclosures.source')}>
                  {rule.source}{' '}
                  {rule.article !== '—' && t('disclosures.article', { number: rule.article })}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
