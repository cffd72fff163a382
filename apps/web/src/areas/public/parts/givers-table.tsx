import { useTranslation } from 'react-i18next';
import { DateText, Money } from '../../../shared/ui/index.ts';

interface GiversTableProps {
  gifts: readonly { name: string; amountFen: number; at: string }[];
}

/** Who gave how much and when, under the names they chose. */
export function GiversTable({ gifts }: GiversTableProps) {
  const { t } = useTranslation('public');
  return (
    <table className="table-plain">
      <thead>
        <tr>
          <th scope="col">{t('campaign.who')}</th>
          <th scope="col" data-numeric>
            {t('campaign.amount')}
          </th>
          <th scope="col">{t('campaign.when')}</th>
        </tr>
      </thead>
      <tbody>
        {gifts.map((gift, place) => (
          <tr key={`${gift.at}:${place}`}>
            <td>{gift.name}</td>
            <td data-numeric>
              <Money fen={gift.amountFen} />
            </td>
            <td>
              <DateText at={gift.at} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
