import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  dateWords,
  Form,
  Notice,
  RadioGroup,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import type { Wish } from './wish-card.tsx';

const MINUTES_PER_HOUR = 60;
const empty = { kind: '' as '' | 'goods' | 'hours', title: '', quantity: '1', note: '' };

/** Takes on a wish with goods or hours. Needs a telephone number, so that the worker can call. */
export function OfferForm({ wish }: { wish: Wish }) {
  const { t } = useTranslation('public');
  const { session } = useSession();
  if (!holds(session, 'offer.own'))
    return (
      <div className="stack-tight">
        <p>{t('offer.lead')}</p>
        <p>
          <ButtonLink to="/my/sign-in" search={{ next: `/wishes/${wish.id}#offer` }}>
            {t('offer.signIn')}
          </ButtonLink>
        </p>
        <p className="soft small">{t('offer.signInHint')}</p>
      </div>
    );
  return <SignedInForm wish={wish} />;
}

function SignedInForm({ wish }: { wish: Wish }) {
  const { t, i18n } = useTranslation('public');
  const take = useCall(routes.resource.offerForWish);
  const { value, update, clear, field } = useDraft(`offer:${wish.id}`, empty);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const kinds = (['goods', 'hours'] as const).filter((kind) => wish.ways.includes(kind));
  const kind = value.kind || kinds[0] || 'goods';
  async function send() {
    const count = Number(value.quantity.normalize('NFKC'));
    const found: Record<string, string> = {};
    if (!value.title.trim()) found.title = t('offer.whatMissing');
    if (!Number.isInteger(count) || count < 1 || count > 100)
      found.quantity = t('offer.quantityWrong');
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    const quantity = kind === 'hours' ? count * MINUTES_PER_HOUR : count;
    const { title, note } = value;
    await take.send({
      params: { needId: wish.id },
      body: { kind, title, quantity, note, expiresOn: null },
    });
    clear();
  }
  if (take.done) {
    const until = take.done.reservedUntil;
    return (
      <Notice
        tone="done"
        title={
          until ? t('offer.done', { until: dateWords(until, i18n.language) }) : t('offer.doneNext')
        }
      >
        {until && <p>{t('offer.doneNext')}</p>}
        <p>
          <ButtonLink to="/my">{t('offer.mine')}</ButtonLink>
        </p>
      </Notice>
    );
  }
  return (
    <Form
      scope="offer"
      onSend={() => void send().catch(() => undefined)}
      errors={errors}
      call={take}
    >
      <p>{t('offer.lead')}</p>
      {kinds.length > 1 && (
        <RadioGroup
          name="kind"
          label={t('offer.kind')}
          value={kind}
          onChange={(chosen) => update({ kind: chosen as 'goods' | 'hours' })}
          options={kinds.map((one) => ({ value: one, label: t(`offer.${one}`) }))}
        />
      )}
      <TextField
        {...field('title')}
        label={t('offer.what')}
        hint={t('offer.whatHint')}
        maxLength={100}
      />
      <TextField
        {...field('quantity')}
        label={t(kind === 'hours' ? 'offer.hoursCount' : 'offer.pieces')}
        inputMode="numeric"
        short
      />
      <TextArea
        {...field('note')}
        label={t('offer.note')}
        hint={t('offer.noteHint')}
        optional
        rows={2}
        most={2_000}
      />
      <Button kind="primary" type="submit" busy={take.busy}>
        {t('offer.send')}
      </Button>
    </Form>
  );
}
