import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { Bars } from '../../../shared/charts/index.ts';
import { ButtonLink, DateText, Money } from '../../../shared/ui/index.ts';
import { useAsOf, wholeNumber } from './words.ts';

/** What was promised to a campaign and what of it came, side by side and never added; and the monthly givers. */
export function CampaignPledges({ code, takesGifts }: { code: string; takesGifts: boolean }) {
  const { t } = useTranslation('public');
  const asOf = useAsOf();
  const { data } = useRoute(routes.pledge.ofCampaign, { params: { code } });
  if (!data || (!takesGifts && data.items.length === 0 && data.monthlyGivers === 0)) return null;
  return (
    <section className="stack-tight" aria-labelledby="pledges">
      <h2 id="pledges">{t('pledges.title')}</h2>
      <p className="soft">{t('pledges.lead')}</p>
      {data.items.length > 0 && (
        <>
          <Bars
            label={t('pledges.chart')}
            headings={[t('funds.item'), t('funds.amount')]}
            bars={[
              {
                key: 'promised',
                label: t('pledges.promised'),
                value: data.promisedFen,
                words: formatYuan(data.promisedFen),
                tone: 'calm',
              },
              {
                key: 'given',
                label: t('pledges.given'),
                value: data.givenFen,
                words: formatYuan(data.givenFen),
                tone: 'done',
              },
            ]}
          />
          <PledgeTable items={data.items} />
        </>
      )}
      {data.monthlyGivers > 0 && (
        <p>
          {t('pledges.monthly', {
            many: wholeNumber(data.monthlyGivers),
            amount: formatYuan(data.monthlyFen),
          })}
        </p>
      )}
      <p className="soft small">{asOf(data.asOf)}</p>
      {takesGifts && (
        <p className="row">
          <ButtonLink to="/my/pledges" search={{ campaign: code }}>
            {t('pledges.promise')}
          </ButtonLink>
          <ButtonLink to="/my/monthly" search={{ campaign: code }}>
            {t('pledges.startMonthly')}
          </ButtonLink>
        </p>
      )}
    </section>
  );
}

interface TableProps {
  items: readonly {
    number: string;
    promisedBy: string;
    promisedFen: number;
    givenFen: number;
    state: 'open' | 'fulfilled' | 'released';
    nextDueOn: string | null;
  }[];
}

function PledgeTable({ items }: TableProps) {
  const { t } = useTranslation('public');
  return (
    <table className="table-plain">
      <thead>
        <tr>
          <th scope="col">{t('pledges.who')}</th>
          <th scope="col" data-numeric>
            {t('pledges.promised')}
          </th>
          <th scope="col" data-numeric>
            {t('pledges.given')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map((pledge) => (
          <tr key={pledge.number}>
            <td>
              {pledge.promisedBy}
              <br />
              <small className="soft">
                {pledge.nextDueOn ? (
                  <>
                    {t('pledges.next')} <DateText at={pledge.nextDueOn} />
                  </>
                ) : (
                  t('pledges.fulfilled')
                )}
              </small>
            </td>
            <td data-numeric>
              <Money fen={pledge.promisedFen} />
            </td>
            <td data-numeric>
              <Money fen={pledge.givenFen} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
