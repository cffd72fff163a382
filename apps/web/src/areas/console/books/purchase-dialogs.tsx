import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import {
  DateField,
  Dialog,
  Form,
  PhotoField,
  say,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';

type Purchase = RouteOutput<typeof routes.payout.purchases>['items'][number];
interface DialogProps {
  purchase: Purchase;
  onClose: () => void;
}

/** An invoice with its picture. */
export function InvoiceDialog({ purchase, onClose }: DialogProps) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({
    number: '',
    issuedOn: today(),
    amountYuan: '',
    attachmentIds: [] as string[],
  });
  const add = useSend(routes.payout.addInvoice);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      number: filled(value.number, t('books.purchases.invoiceNumber')),
      amountYuan: filled(value.amountYuan, t('books.purchases.amount')),
      attachmentIds: filled(value.attachmentIds.join(''), t('books.purchases.picture')),
    });
    if (!fine) return;
    add.run({ params: { purchaseId: purchase.id }, body: value }, () => {
      say(t('books.purchases.invoiceAdded'));
      onClose();
    });
  }
  return (
    <Dialog
      title={t('books.purchases.addInvoiceFor', { number: purchase.number })}
      open
      onClose={onClose}
    >
      <Form onSend={send} errors={checks.errors} call={add} send={t('books.purchases.invoiceSend')}>
        <TextField {...field('number')} label={t('books.purchases.invoiceNumber')} />
        <div className="field-row">
          <DateField {...field('issuedOn')} label={t('books.purchases.issuedOn')} max={today()} />
          <YuanField {...field('amountYuan')} label={t('books.purchases.amount')} />
        </div>
        <PhotoField {...field('attachmentIds')} label={t('books.purchases.picture')} />
      </Form>
    </Dialog>
  );
}

/** That the goods came and were counted. */
export function ReceiveDialog({ purchase, onClose }: DialogProps) {
  const { t } = useTranslation('console');
  const { value, field } = useValues({ receivedOn: today(), note: '' });
  const receive = useSend(routes.payout.receiveGoods);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (!checks.pass({ note: filled(value.note, t('books.purchases.note')) })) return;
    receive.run({ params: { purchaseId: purchase.id }, body: value }, () => {
      say(t('books.purchases.receivedDone'));
      onClose();
    });
  }
  return (
    <Dialog
      title={t('books.purchases.receiveFor', { number: purchase.number })}
      open
      onClose={onClose}
    >
      <Form
        onSend={send}
        errors={checks.errors}
        call={receive}
        send={t('books.purchases.receiveSend')}
      >
        <DateField {...field('receivedOn')} label={t('books.purchases.receivedOn')} max={today()} />
        <TextField
          {...field('note')}
          label={t('books.purchases.note')}
          hint={t('books.purchases.noteHint')}
        />
      </Form>
    </Dialog>
  );
}
