import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Bars } from '../../../shared/charts/index.ts';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText, Facts, Notice, Page, State } from '../../../shared/ui/index.ts';
import { Fault } from '../parts/fault.tsx';
import { MoneyBars } from '../parts/money-bars.tsx';
import { MonthBars } from '../parts/month-bars.tsx';
import { PathLink } from '../parts/path-link.tsx';
import { useAsOf } from '../parts/words.ts';

type Disclosure = RouteOutput<typeof routes.disclosure.disclosure>;
type Figures = NonNullable<Disclosure['figures']>;

/** One published report: text, figures of its moment as a picture, every correction beside the old text. */
export function DisclosurePage() {
  const { number } = useParams({ from: '/public/disclosures/$number' });
  const query = useRoute(routes.disclosure.disclosure, { params: { number } });
  return <Fault query={query}>{(disclosure) => <Body disclosure={disclosure} />}</Fault>;
}

function Body({ disclosure }: { disclosure: Disclosure }) {
  const { t } = useTranslation('public');
  const { subject, corrections, figures } = disclosure;
  return (
    <Page title={disclosure.title} description={disclosure.text.slice(0, 120)} width="wide">
      <Facts
        rows={[
          [t('disclosure.number'), <span className="number">{disclosure.number}</span>],
          [
            t('duty.subject'),
            subject.link ? <PathLink to={subject.link}>{subject.name}</PathLink> : subject.name,
          ],
          [t('disclosure.publishedAt'), <DateText at={disclosure.publishedAt} />],
          [
            t('duty.due'),
            <>
              {disclosure.dueOn && <DateText at={disclosure.dueOn} />}{' '}
              {disclosure.late && <State tone="late">{t('disclosures.late')}</State>}
            </>,
          ],
        ]}
      />
      {corrections.length > 0 && (
        <Notice tone="warned" title={t('disclosure.correctedTitle')}>
          <p>{t('disclosure.correctedBody')}</p>
        </Notice>
      )}
      <div className="two-columns">
        <section className="stack-tight" aria-labelledby="text">
          <h2 id="text">{t('disclosure.text')}</h2>
          {disclosure.text.split('\n').map((line, place) => (
            <p key={`${place}:${line}`}>{line}</p>
          ))}
        </section>
        {figures && <Picture name={disclosure.title} figures={figures} />}
      </div>
      {corrections.length > 0 && <Corrections corrections={corrections} />}
    </Page>
  );
}

function Picture({ name, figures }: { name: string; figures: Figures }) {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  return (
    <section className="stack-tight" aria-labelledby="figures">
      <h2 id="figures">{t('disclosure.figures')}</h2>
      <MoneyBars
        name={name}
        inFen={figures.totalInFen}
        outFen={figures.totalOutFen}
        balanceFen={figures.balanceFen}
      />
      <MonthBars name={name} months={figures.byMonth} />
      {figures.uses.length > 0 && (
        <Bars
          label={t('disclosure.uses')}
          headings={[t('disclosure.use'), t('funds.amount')]}
          bars={figures.uses.map((use) => ({
            key: use.label,
            label: use.link ? <PathLink to={use.link}>{use.label}</PathLink> : use.label,
            value: use.amountFen,
            words: formatYuan(use.amountFen),
          }))}
        />
      )}
      <p className="soft small">{asOf(figures.asOf)}</p>
    </section>
  );
}

function Corrections({ corrections }: Pick<Disclosure, 'corrections'>) {
  const { t } = useTranslation('public');
  return (
    <section className="stack-tight" aria-labelledby="corrections">
      <h2 id="corrections">{t('disclosure.corrections')}</h2>
      <ol className="stack-tight">
        {corrections.map((one) => (
          <li key={one.at}>
            <p>
              <DateText at={one.at} /> · <strong>{one.note}</strong>
            </p>
            <details>
              <summary>{t('disclosure.oldText')}</summary>
              {one.oldText.split('\n').map((line, place) => (
                <p key={`${place}:${line}`} className="soft">
                  {line}
                </p>
              ))}
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
