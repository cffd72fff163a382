import { formatYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { DateText } from '../../../shared/ui/index.ts';

/** Promises tied to sales and gifts straight to persons: shown beside, in no total. */
export function RecordedGiving({ campaignCode }: { campaignCode?: string }) {
  const { t } = useTranslation('public');
  const { data } = useRoute(routes.campaign.recorded, {
    query: { limit: 20, ...(campaignCode && { campaignCode }) },
  });
  const items = data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <section className="stack-tight" aria-labelledby="recorded">
      <h2 id="recorded">{t('recorded.title')}</h2>
      <p className="soft">{t('recorded.lead')}</p>
      <ul className="stack-tight">
        {items.map((one) => (
          <li key={one.id} className="card">
            <p>
              <strong>{t(`campaign.form.${one.legalForm}`)}</strong> · {one.givenBy} ·{' '}
              <DateText at={one.happenedOn} />
              {one.amountFen !== null && ` · ${formatYuan(one.amountFen)}`}
            </p>
            <p>{one.text}</p>
            <p className="soft small">{one.formSentence}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
