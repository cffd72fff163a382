import { useTranslation } from 'react-i18next';
import { DateText, Money, State, type Tone } from '../../../shared/ui/index.ts';
import type { GroupRecord } from './group-buy.tsx';

const tones: Record<GroupRecord['shares'][number]['state'], Tone> = {
  waiting: 'quiet',
  held: 'running',
  paid: 'accent',
  chased: 'late',
  sold_out: 'quiet',
  lapsed: 'quiet',
  returning: 'running',
  returned: 'quiet',
  picked_up: 'done',
};

/** Who takes part with how many pieces, in order of arrival; on paper the list to tick. */
export function ShareRows({ group }: { group: Pick<GroupRecord, 'shares' | 'unit'> }) {
  const { t } = useTranslation('console');
  if (group.shares.length === 0) return <p className="soft">{t('groupBuys.none')}</p>;
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={t('groupBuys.shares')}>
      <table className="table table-stacks">
        <thead>
          <tr>
            <th scope="col" data-numeric>
              {t('groupBuys.sharePlace')}
            </th>
            <th scope="col">{t('groupBuys.shareName')}</th>
            <th scope="col" data-numeric>
              {t('groupBuys.sharePieces')}
            </th>
            <th scope="col">{t('groupBuys.shareState')}</th>
            <th scope="col" data-numeric>
              {t('groupBuys.sharePaid')}
            </th>
            <th scope="col">{t('groupBuys.shareFetched')}</th>
          </tr>
        </thead>
        <tbody>
          {group.shares.map((share) => (
            <tr key={share.id}>
              <td data-numeric>{share.place}</td>
              <th scope="row">{share.name}</th>
              <td data-numeric data-label={t('groupBuys.sharePieces')}>
                {share.pieces} {group.unit}
              </td>
              <td data-label={t('groupBuys.shareState')}>
                <State tone={tones[share.state]}>{t(`groupBuys.shareStates.${share.state}`)}</State>
              </td>
              <td data-numeric data-label={t('groupBuys.sharePaid')}>
                <Money fen={share.paidFen} />
              </td>
              <td data-label={share.pickedUpAt ? t('groupBuys.shareFetched') : undefined}>
                {share.pickedUpAt && <DateText at={share.pickedUpAt} />} {share.pickUpNote}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
