import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { dateWords, Dialog, Facts, Loaded, Money } from '../../../shared/ui/index.ts';

export type CashSlip = RouteOutput<typeof routes.cash.slip>;

/** The slip a giver takes home: number, amount, purpose, and the code that leads to her gift. */
function SlipSheet({ slip }: { slip: CashSlip }) {
  const { t, i18n } = useTranslation('console');
  const address = new URL(slip.path, window.location.origin).href;
  return (
    <PrintSheet title={t('cash.slip')} number={slip.number} qr={{ svg: slip.qrSvg, text: address }}>
      <Facts
        rows={[
          [t('cash.amount'), <Money fen={slip.amountFen} />],
          [t('cash.purpose'), slip.targetLabel],
          [t('cash.giver'), slip.giverName],
          [t('cash.giftNumber'), slip.giftNumber],
          [t('cash.takenAt'), dateWords(slip.takenAt, i18n.language)],
          [t('cash.counter'), slip.counter],
          [t('cash.takenBy'), slip.takenBy],
        ]}
      />
      <p>{slip.formSentence}</p>
      <p>{t('cash.slipScan')}</p>
      <p>{t('cash.slipKeep')}</p>
    </PrintSheet>
  );
}

/** The slip as it will be on paper, and the button that prints it. */
export function SlipView({ slip }: { slip: CashSlip }) {
  const { t } = useTranslation('console');
  return (
    <div className="stack-tight">
      <p className="row">
        <PrintButton kind="primary" label={t('cash.slipPrint')} sheet={<SlipSheet slip={slip} />} />
      </p>
      <div className="slip">
        <SlipSheet slip={slip} />
      </div>
    </div>
  );
}

/** The slip of an earlier gift, to print again. */
export function SlipDialog({ giftId, onClose }: { giftId: string; onClose: () => void }) {
  const { t } = useTranslation('console');
  const slip = useRoute(routes.cash.slip, { params: { giftId } });
  return (
    <Dialog title={t('cash.slip')} open wide onClose={onClose}>
      <Loaded query={slip}>{(data) => <SlipView slip={data} />}</Loaded>
    </Dialog>
  );
}
