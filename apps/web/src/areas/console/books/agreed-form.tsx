import { routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import {
  Checkbox,
  DateField,
  PhotoField,
  say,
  Select,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues, type Values } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { FindOrganization } from '../parts/organizations.tsx';
import { useSend } from '../parts/send.ts';
import { useFunds } from './accounts.ts';
import { PanelForm } from '../parts/panel-form.tsx';

const empty = {
  fundId: '',
  organizationId: '',
  amountYuan: '',
  bankReference: '',
  paidOn: today(),
  isLate: false,
  bookedOn: today(),
  bookedNote: '',
  attachmentIds: [] as string[],
};
type Value = typeof empty;

/** Enters a bank transfer of an organisation: who, for what, how much, with both papers. */
export function AgreedForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const form = useValues(empty);
  const { value, field } = form;
  const record = useSend(routes.book.recordAgreedGift);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      fundId: filled(value.fundId, t('books.agreed.chooseFund')),
      organizationId: filled(value.organizationId, t('books.agreed.chooseOrganization')),
      amountYuan: filled(value.amountYuan, t('books.agreed.amount')),
      bankReference: filled(value.bankReference, t('books.agreed.reference')),
      attachmentIds: filled(value.attachmentIds.join(''), t('books.agreed.photos')),
    });
    if (!fine) return;
    const { isLate, bookedOn, bookedNote, ...gift } = value;
    record.run({ body: { ...gift, ...(isLate && { bookedOn, bookedNote }) } }, (made) => {
      say(t('books.agreed.added', { number: made.number }));
      onDone();
    });
  }
  return (
    <PanelForm onSend={send} errors={checks.errors} call={record} send={t('books.agreed.send')}>
      <WhoFields {...form} />
      <div className="field-row">
        <YuanField {...field('amountYuan')} label={t('books.agreed.amount')} />
        <TextField {...field('bankReference')} label={t('books.agreed.reference')} />
        <DateField {...field('paidOn')} label={t('books.agreed.paidOn')} max={today()} />
      </div>
      <Late {...form} />
      <PhotoField {...field('attachmentIds')} label={t('books.agreed.photos')} />
    </PanelForm>
  );
}

type FieldsProps = Values<Value>;

function WhoFields({ field }: FieldsProps) {
  const { t } = useTranslation('console');
  const funds = useFunds(['general', 'special']);
  return (
    <div className="field-row">
      <Select
        {...field('fundId')}
        label={t('books.agreed.chooseFund')}
        placeholder=""
        options={funds}
      />
      <FindOrganization
        {...field('organizationId')}
        labels={{ find: t('books.agreed.find'), choose: t('books.agreed.chooseOrganization') }}
      />
    </div>
  );
}

/** For a receipt of a closed month: the day of the books it goes to, and why. */
function Late({ value, field, tick }: FieldsProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <Checkbox {...tick('isLate')} label={t('books.agreed.late')} />
      {value.isLate && (
        <div className="field-row">
          <DateField {...field('bookedOn')} label={t('books.agreed.bookedOn')} max={today()} />
          <TextField {...field('bookedNote')} label={t('books.agreed.note')} />
        </div>
      )}
    </>
  );
}
