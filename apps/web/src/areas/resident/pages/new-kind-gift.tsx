import { routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { ApiRefusal } from '../../../shared/api/refusal.ts';
import { useDraft } from '../../../shared/draft.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Button,
  Checkbox,
  DateField,
  Form,
  newFormId,
  Page,
  say,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';

const empty = {
  title: '',
  quantity: '1',
  unit: '件',
  expiresOn: '',
  purpose: '',
  displayName: '',
  hideFromPublic: true,
  hideFromStaff: false,
  formId: '',
};

/** Offers things to the federation. */
export function NewKindGiftPage() {
  return <SessionGate signIn="/my/sign-in">{() => <OfferForm />}</SessionGate>;
}

function useOffer() {
  const { t } = useTranslation('resident');
  const navigate = useNavigate();
  const draft = useDraft('kind-gift', empty);
  const call = useCall(routes.kindGift.offer);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const { value, update } = draft;
  async function send() {
    const count = Number(value.quantity.normalize('NFKC'));
    const wrong: Record<string, string> = {};
    if (!value.title.trim()) wrong['title'] = t('kindGifts.whatEmpty');
    if (!Number.isInteger(count) || count < 1) wrong['quantity'] = t('kindGifts.quantityWrong');
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    const formId = value.formId || newFormId();
    update({ formId });
    const { title, unit, expiresOn, purpose, displayName, hideFromPublic, hideFromStaff } = value;
    const lines = [
      { title, unit: unit.trim() || '件', quantity: count, expiresOn: expiresOn || null },
    ];
    const name = {
      displayName: displayName.trim() || null,
      hideFromPublic,
      hideFromStaff,
      hideFromRecipient: true,
    };
    try {
      const gift = await call.send({ body: { lines, purpose, name, formId } });
      draft.clear();
      say(t('kindGifts.sent', { number: gift.number }));
      void navigate({ to: '/my/kind-gifts', replace: true });
    } catch (thrown) {
      if (!(thrown instanceof ApiRefusal)) throw thrown;
    }
  }
  return { ...draft, errors, call, send: () => void send() };
}

function OfferForm() {
  const { t } = useTranslation('resident');
  const { errors, call, send, field, tick } = useOffer();
  return (
    <Page title={t('kindGifts.newTitle')} lead={<p>{t('kindGifts.newLead')}</p>}>
      <Form onSend={send} errors={errors} call={call}>
        <TextField
          {...field('title')}
          label={t('kindGifts.what')}
          hint={t('kindGifts.whatHint')}
          maxLength={100}
        />
        <TextField
          short
          {...field('quantity')}
          inputMode="numeric"
          label={t('kindGifts.quantity')}
        />
        <TextField
          short
          {...field('unit')}
          label={t('kindGifts.unit')}
          hint={t('kindGifts.unitHint')}
          maxLength={10}
        />
        <DateField optional {...field('expiresOn')} label={t('kindGifts.expires')} />
        <TextArea
          optional
          {...field('purpose')}
          rows={2}
          most={500}
          label={t('kindGifts.purpose')}
        />
        <TextField
          optional
          {...field('displayName')}
          maxLength={20}
          label={t('kindGifts.name')}
          hint={t('kindGifts.nameHint')}
        />
        <Checkbox {...tick('hideFromPublic')} label={t('kindGifts.hidePublic')} />
        <Checkbox {...tick('hideFromStaff')} label={t('kindGifts.hideStaff')} />
        <Button kind="primary" type="submit" wide busy={call.busy}>
          {t('kindGifts.send')}
        </Button>
      </Form>
    </Page>
  );
}
