import type { RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { Facts } from '../../../shared/ui/index.ts';
import { useAmountWords, usePeriodWords } from '../parts/aid-words.tsx';

export type NoticeDetail = RouteOutput<typeof routes.award.readNotice>;

/** The sheet for the paper board: surname and 某, what, clause, whom to tell; nothing else about anybody. */
export function NoticeSheet({ notice }: { notice: NoticeDetail }) {
  const { t } = useTranslation('console');
  const amountWords = useAmountWords();
  const periodWords = usePeriodWords();
  const { programme } = notice;
  return (
    <PrintSheet
      title={t('aid.notices.sheetTitle', { programme: programme.name })}
      number={notice.number}
    >
      <p>{t('aid.notices.sheetBody', { what: programme.what, days: notice.days })}</p>
      <Facts
        rows={[
          [t('aid.notices.community'), notice.area.name],
          [t('aid.rounds.period'), periodWords(notice.period)],
          [t('aid.notices.clause'), programme.clause],
        ]}
      />
      <table className="notice-lines">
        <thead>
          <tr>
            <th scope="col">{t('aid.notices.place')}</th>
            <th scope="col">{t('aid.notices.name')}</th>
            <th scope="col">{t('aid.notices.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {notice.lines.map((line) => (
            <tr key={line.awardId}>
              <td className="number">{line.place}</td>
              <td>{line.shownName}</td>
              <td className="number">{amountWords(line.amount, programme.unit)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {notice.unnamed > 0 && <p>{t('aid.notices.sheetUnnamed', { count: notice.unnamed })}</p>}
      <p>
        {t('aid.notices.sheetObject', {
          telephone: notice.deskTelephone ?? '—',
          path: `${window.location.host}/objections`,
        })}
      </p>
      <p>
        {t('aid.notices.sheetCode')}：<strong className="print-number">{notice.code}</strong>
      </p>
    </PrintSheet>
  );
}
