import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../../../shared/api/client.ts';
import { PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { dateWords, Facts } from '../../../shared/ui/index.ts';
import { isReceived, type Plan, type Recipient } from './goods-codes.ts';

/** The list for the file: names masked, what each got, signatures, totals, who is missing. */
export function PaperList({ plan, people }: { plan: Plan; people: readonly Recipient[] }) {
  const { t, i18n } = useTranslation('console');
  const received = people.filter(isReceived);
  const sum = (line: Plan['lines'][number]) =>
    received.reduce((total, one) => total + line.quantity * (line.perHead ? one.heads : 1), 0);
  return (
    <PrintSheet title={t('paper.title', { name: plan.name })} number={plan.number}>
      <Facts
        rows={[
          [t('plan.when'), dateWords(plan.onDay, i18n.language, false)],
          [t('plan.where'), plan.way === 'door' ? t('plan.door') : (plan.place?.name ?? '')],
          [t('plan.giver'), plan.giverLabel],
          [
            t('paper.totals'),
            plan.lines.map((line) => `${line.item.name} ${sum(line)} ${line.item.unit}`).join('、'),
          ],
        ]}
      />
      <p>
        {t('distributions.progressOf', { done: received.length, all: people.length })} ·{' '}
        {t('paper.missing', { count: people.length - received.length })}
      </p>
      <table className="paper-list">
        <caption className="visually-hidden">{t('people.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('people.serial')}</th>
            <th scope="col">{t('people.who')}</th>
            <th scope="col">{t('people.where')}</th>
            {plan.lines.map((line) => (
              <th key={line.item.id} scope="col">
                {line.item.name}（{line.item.unit}）
              </th>
            ))}
            <th scope="col">{t('people.outcome')}</th>
            <th scope="col">{t('paper.sign')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <PaperRow key={one.id} plan={plan} one={one} />
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td colSpan={3}>{t('paper.totals')}</td>
            {plan.lines.map((line) => (
              <td key={line.item.id}>{sum(line)}</td>
            ))}
            <td colSpan={2} />
          </tr>
        </tfoot>
      </table>
      <p className="paper-signs">
        <span>{t('paper.byHand')}：＿＿＿＿＿＿</span>
        <span>{t('paper.second')}：＿＿＿＿＿＿</span>
        <span>{t('paper.day')}：＿＿＿＿＿＿</span>
      </p>
    </PrintSheet>
  );
}

function PaperRow({ plan, one }: { plan: Plan; one: Recipient }) {
  const { t } = useTranslation('console');
  return (
    <tr>
      <td>{one.serial}</td>
      <td>{one.maskedName}</td>
      <td>{[one.area.name, one.unitName ?? one.building].filter(Boolean).join(' ')}</td>
      {plan.lines.map((line) => (
        <td key={line.item.id}>
          {isReceived(one) ? line.quantity * (line.perHead ? one.heads : 1) : ''}
        </td>
      ))}
      <td>
        {one.outcome && t(`people.outcomes.${one.outcome}`)}
        {one.proxy &&
          t('handOver.proxyWords', {
            name: one.proxy.name,
            relation: t(`handOver.relations.${one.proxy.relation}`),
            reason: one.proxy.reason,
          })}
      </td>
      <td>
        {one.signature && (
          <img
            src={addressOf(routes.attachment.read, {
              params: { attachmentId: one.signature.id },
              query: { size: 'small' },
            })}
            alt={t('handOver.signed')}
          />
        )}
      </td>
    </tr>
  );
}
