import { routes, shapes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import {
  PhotoField,
  say,
  Select,
  TextArea,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';
import { PanelForm } from '../parts/panel-form.tsx';

const grounds = shapes.returnGrounds;
const empty = {
  giftNumber: '',
  amountYuan: '',
  ground: 'paid_twice' as (typeof grounds)[number],
  note: '',
  attachmentIds: [] as string[],
};

/** Proposes that a gift goes back: which, how much, on which ground. */
export function ReturnForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('console');
  const { value, update, field } = useValues(empty);
  const propose = useSend(routes.payout.proposeReturn);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      giftNumber: filled(value.giftNumber, t('books.returns.gift')),
      note: filled(value.note, t('books.returns.note')),
    });
    if (!fine) return;
    propose.run({ body: value }, (made) => {
      say(t('books.returns.proposed', { number: made.number }));
      onDone();
    });
  }
  return (
    <PanelForm
      onSend={send}
      errors={checks.errors}
      call={propose}
      send={t('books.returns.proposeSend')}
    >
      <div className="field-row">
        <TextField
          {...field('giftNumber')}
          label={t('books.returns.gift')}
          hint={t('books.returns.giftHint')}
        />
        <YuanField
          {...field('amountYuan')}
          label={t('books.returns.amount')}
          hint={t('books.returns.amountHint')}
          optional
        />
        <Select
          name="ground"
          label={t('books.returns.ground')}
          value={value.ground}
          onChange={(ground) => update({ ground: oneOf(grounds, ground) ?? 'paid_twice' })}
          options={grounds.map((ground) => ({
            value: ground,
            label: t(`books.returns.grounds.${ground}`),
          }))}
        />
      </div>
      <TextArea {...field('note')} label={t('books.returns.note')} rows={3} most={2000} />
      <PhotoField {...field('attachmentIds')} label={t('books.returns.photos')} />
    </PanelForm>
  );
}
