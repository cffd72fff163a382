import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  DateField,
  Dialog,
  Form,
  PhotoField,
  say,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
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
  const [value, setValue] = useState({
    number: '',
    issuedOn: today(),
    amountYuan: '',
    attachmentIds: [] as string[],
  });
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
      <Form onSend={send} errors={checks.errors} refusal={add.refusal} busy={add.busy}>
        <TextField
          name="number"
          label={t('books.purchases.invoiceNumber')}
          value={value.number}
          onChange={(number) => update({ number })}
        />
        <div className="field-row">
          <DateField
            name="issuedOn"
            label={t('books.purchases.issuedOn')}
            max={today()}
            value={value.issuedOn}
            onChange={(issuedOn) => update({ issuedOn })}
          />
          <YuanField
            name="amountYuan"
            label={t('books.purchases.amount')}
            value={value.amountYuan}
            onChange={(amountYuan) => update({ amountYuan })}
          />
        </div>
        <PhotoField
          name="attachmentIds"
          label={t('books.purchases.picture')}
          value={value.attachmentIds}
          onChange={(attachmentIds) => update({ attachmentIds })}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={add.busy}>
            {t('books.purchases.invoiceSend')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** That the goods came and were counted. */
export function ReceiveDialog({ purchase, onClose }: DialogProps) {
  const { t } = useTranslation('console');
  const [value, setValue] = useState({ receivedOn: today(), note: '' });
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
      <Form onSend={send} errors={checks.errors} refusal={receive.refusal} busy={receive.busy}>
        <DateField
          name="receivedOn"
          label={t('books.purchases.receivedOn')}
          max={today()}
          value={value.receivedOn}
          onChange={(receivedOn) => update({ receivedOn })}
        />
        <TextField
          name="note"
          label={t('books.purchases.note')}
          hint={t('books.purchases.noteHint')}
          value={value.note}
          onChange={(note) => update({ note })}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={receive.busy}>
            {t('books.purchases.receiveSend')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
