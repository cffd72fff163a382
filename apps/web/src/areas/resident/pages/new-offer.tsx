import { routes } from '@wennuan/contract';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRouteWhen } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Button,
  Card,
  DateField,
  Form,
  Page,
  RadioGroup,
  say,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { CommunityField } from '../parts/community-field.tsx';

const empty = { kind: 'goods', title: '', quantity: '1', note: '', expiresOn: '', areaCode: '' };
const MINUTES_PER_HOUR = 60;

/** Offers goods or hours, for one wish of the wall or for whoever needs it. Sign-in comes last; the draft stays. */
export function NewOfferPage() {
  const { t } = useTranslation('resident');
  const shared = useTranslation().t;
  const { needId } = useSearch({ from: '/my/offers/new' });
  const offer = useOfferForm(needId);
  const { form, update, busy } = offer;
  const hours = form.kind === 'hours';
  return (
    <Page title={t(needId ? 'offers.forWish' : 'offers.newTitle')}>
      {needId && <WishCard needId={needId} />}
      <Form onSend={offer.send} errors={offer.errors} call={offer}>
        <RadioGroup
          name="kind"
          label={t('offers.kind')}
          value={form.kind}
          onChange={(kind) => update({ kind })}
          options={(['goods', 'hours'] as const).map((value) => ({
            value,
            label: t(`offers.kinds.${value}`),
            hint: t(`offers.kindHint.${value}`),
          }))}
        />
        <TextField
          name="title"
          label={t('offers.what')}
          hint={t(hours ? 'offers.whatHours' : 'offers.whatGoods')}
          maxLength={100}
          value={form.title}
          onChange={(title) => update({ title })}
        />
        <TextField
          name="quantity"
          label={t(hours ? 'offers.hours' : 'offers.pieces')}
          inputMode="numeric"
          maxLength={4}
          short
          value={form.quantity}
          onChange={(quantity) => update({ quantity })}
        />
        {!needId && (
          <CommunityField
            value={form.areaCode}
            onChange={(areaCode) => update({ areaCode })}
            anywhere={t('offers.areaAny')}
          />
        )}
        <DateField
          name="expiresOn"
          label={t('offers.until')}
          optional
          value={form.expiresOn}
          onChange={(expiresOn) => update({ expiresOn })}
        />
        <TextArea
          name="note"
          label={t('offers.note')}
          optional
          most={2_000}
          rows={3}
          value={form.note}
          onChange={(note) => update({ note })}
        />
        {!offer.signedIn && <p className="soft">{t('filing.signInNote')}</p>}
        <Button kind="primary" type="submit" busy={busy} wide>
          {offer.signedIn ? t(needId ? 'offers.sendForWish' : 'offers.send') : shared('signIn')}
        </Button>
      </Form>
    </Page>
  );
}

function useOfferForm(needId: string | undefined) {
  const { t } = useTranslation('resident');
  const { session } = useSession();
  const navigate = useNavigate();
  const router = useRouter();
  const draft = useDraft(`offer:${needId ?? 'new'}`, empty);
  const register = useCall(routes.resource.offer);
  const take = useCall(routes.resource.offerForWish);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const form = draft.value;

  async function submit() {
    const count = Number(form.quantity.normalize('NFKC'));
    const wrong: Record<string, string> = {};
    if (!form.title.trim()) wrong.title = t('offers.whatEmpty');
    if (!Number.isInteger(count) || count < 1) wrong.quantity = t('offers.quantityWrong');
    setErrors(wrong);
    if (Object.keys(wrong).length > 0) return;
    if (!session)
      return void navigate({ to: '/my/sign-in', search: { next: router.state.location.href } });
    const body = {
      kind: form.kind === 'hours' ? ('hours' as const) : ('goods' as const),
      title: form.title,
      quantity: form.kind === 'hours' ? count * MINUTES_PER_HOUR : count,
      note: form.note,
      expiresOn: form.expiresOn || null,
    };
    const sent = needId
      ? take.send({ params: { needId }, body })
      : register.send({ body: { ...body, areaCode: form.areaCode || null } });
    if (!(await sent.catch(() => null))) return;
    draft.clear();
    say(t('offers.done'));
    await navigate({ to: '/my/offers' });
  }
  return {
    form,
    update: draft.update,
    errors,
    refusal: register.refusal ?? take.refusal,
    busy: register.busy || take.busy,
    signedIn: session != null,
    send: () => void submit(),
  };
}

function WishCard({ needId }: { needId: string }) {
  const { t } = useTranslation('resident');
  const { data: wish } = useRouteWhen(true, routes.need.wish, { params: { needId } });
  if (!wish) return null;
  return (
    <Card>
      <strong>{wish.title}</strong>
      <p>{wish.text}</p>
      <p className="soft">
        {wish.streetName} {wish.area.name} · {t('offers.forWishLead')}
      </p>
    </Card>
  );
}
