import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { useRoute } from '../../../shared/api/query.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  ButtonAnchor,
  ButtonLink,
  Card,
  dateWords,
  EmptyState,
  Loaded,
  Page,
  Select,
} from '../../../shared/ui/index.ts';
import { UsedBar } from '../parts/gift-path.tsx';

type Statement = RouteOutput<typeof routes.receipt.statement>;

/** What one gave in a year, by campaign, and where it went; as a page and as a paper. */
export function GiftYearPage() {
  return <SessionGate signIn="/my/sign-in">{() => <Years />}</SessionGate>;
}

function Years() {
  const { t } = useTranslation('resident');
  const { year } = useSearch({ from: '/my/gifts/year' });
  const navigate = useNavigate();
  const query = useRoute(routes.receipt.years);
  return (
    <Page title={t('gifts.year')} lead={<p>{t('gifts.yearLead')}</p>}>
      <Loaded query={query}>
        {({ years }) => {
          const shown = year ?? years[0];
          if (shown === undefined)
            return (
              <EmptyState title={t('gifts.none')}>
                <ButtonLink kind="primary" to="/wall">
                  {t('gifts.noneDo')}
                </ButtonLink>
              </EmptyState>
            );
          return (
            <>
              <Select
                name="year"
                label={t('gifts.yearWhich')}
                value={String(shown)}
                onChange={(picked) =>
                  void navigate({ to: '/my/gifts/year', search: { year: Number(picked) } })
                }
                options={[...new Set([shown, ...years])]
                  .toSorted((a, b) => b - a)
                  .map((one) => ({ value: String(one), label: String(one) }))}
              />
              <Year year={shown} />
            </>
          );
        }}
      </Loaded>
    </Page>
  );
}

function Year({ year }: { year: number }) {
  const { t } = useTranslation('resident');
  const query = useRoute(routes.receipt.statement, { query: { year } });
  return (
    <Loaded query={query}>
      {(statement) => (
        <>
          <Whole statement={statement} />
          {statement.parts.map((part) => (
            <Part key={part.label} part={part} />
          ))}
          <p>
            <ButtonAnchor
              kind="primary"
              href={addressOf(routes.receipt.statementFile, { query: { year } })}
            >
              {t('gifts.yearPdf')}
            </ButtonAnchor>
          </p>
        </>
      )}
    </Loaded>
  );
}

function Whole({ statement }: { statement: Statement }) {
  const { t, i18n } = useTranslation('resident');
  return (
    <section aria-labelledby="whole">
      <h2 id="whole">
        {t('gifts.yearSum', { gifts: statement.gifts, amount: formatYuan(statement.givenFen) })}
      </h2>
      <UsedBar {...statement} amountFen={statement.givenFen} />
      <p className="soft small">
        {t('gifts.asOf', { at: dateWords(statement.asOf, i18n.language) })}
      </p>
    </section>
  );
}

function Part({ part }: { part: Statement['parts'][number] }) {
  const { t } = useTranslation('resident');
  return (
    <Card as="article">
      <h2>{part.label}</h2>
      <p>{t('gifts.yearSum', { gifts: part.gifts, amount: formatYuan(part.givenFen) })}</p>
      <UsedBar {...part} amountFen={part.givenFen} />
      <ul>
        {part.sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </Card>
  );
}
