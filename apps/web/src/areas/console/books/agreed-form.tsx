import { routes } from '@wennuan/contract';
import { useState } from 'react';
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
  const [value, setValue] = useState(empty);
  const update = (change: Partial<Value>) => setValue((now) => ({ ...now, ...change }));
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
      <WhoFields value={value} update={update} />
      <div className="field-row">
        <YuanField
          name="amountYuan"
          label={t('books.agreed.amount')}
          value={value.amountYuan}
          onChange={(amountYuan) => update({ amountYuan })}
        />
        <TextField
          name="bankReference"
          label={t('books.agreed.reference')}
          value={value.bankReference}
          onChange={(bankReference) => update({ bankReference })}
        />
        <DateField
          name="paidOn"
          label={t('books.agreed.paidOn')}
          max={today()}
          value={value.paidOn}
          onChange={(paidOn) => update({ paidOn })}
        />
      </div>
      <Late value={value} update={update} />
      <PhotoField
        name="attachmentIds"
        label={t('books.agreed.photos')}
        value={value.attachmentIds}
        onChange={(attachmentIds) => update({ attachmentIds })}
      />
    </PanelForm>
  );
}

interface FieldsProps {
  value: Value;
  update: (change: Partial<Value>) => void;
}

function WhoFields({ value, update }: FieldsProps) {
  const { t } = useTranslation('console');
  const funds = useFunds(['general', 'special']);
  return (
    <div className="field-row">
      <Select
        name="fundId"
        label={t('books.agreed.chooseFund')}
        placeholder=""
        value={value.fundId}
        onChange={(fundId) => update({ fundId })}
        options={funds}
      />
      <FindOrganization
        name="organizationId"
        labels={{ find: t('books.agreed.find'), choose: t('books.agreed.chooseOrganization') }}
        value={value.organizationId}
        onChange={(organizationId) => update({ organizationId })}
      />
    </div>
  );
}

/** For a receipt of a closed month: the day of the books it goes to, and why. */
function Late({ value, update }: FieldsProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <Checkbox
        name="isLate"
        label={t('books.agreed.late')}
        checked={value.isLate}
        onChange={(isLate) => update({ isLate })}
      />
      {value.isLate && (
        <div className="field-row">
          <DateField
            name="bookedOn"
            label={t('books.agreed.bookedOn')}
            max={today()}
            value={value.bookedOn}
            onChange={(bookedOn) => update({ bookedOn })}
          />
          <TextField
            name="bookedNote"
            label={t('books.agreed.note')}
            value={value.bookedNote}
            onChange={(bookedNote) => update({ bookedNote })}
          />
        </div>
      )}
    </>
  );
}
