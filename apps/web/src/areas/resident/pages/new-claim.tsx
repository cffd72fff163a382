import { formatYuan } from '@wennuan/basics';
import { routes, type RouteOutput } from '@wennuan/contract';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRouteWhen } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import { SessionGate } from '../../../shared/session/session-gate.tsx';
import {
  Button,
  Card,
  Form,
  Loaded,
  newFormId,
  Notice,
  Page,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';

type Wish = RouteOutput<typeof routes.need.wish>;

/** An enterprise claims the rest of a wish by agreement with the federation. */
export function NewClaimPage() {
  const { t } = useTranslation('resident');
  const { needId } = useSearch({ from: '/my/claims/new' });
  return (
    <SessionGate signIn="/my/sign-in">
      {() => (
        <Page title={t('claims.newTitle')} lead={<p>{t('claims.lead')}</p>}>
          {needId ? (
            <WishToClaim needId={needId} />
          ) : (
            <Notice tone="warned">
              <p>
                {t('claims.noWish')} <Link to="/wall">{t('nav.wall')}</Link>
              </p>
            </Notice>
          )}
        </Page>
      )}
    </SessionGate>
  );
}

function WishToClaim({ needId }: { needId: string }) {
  const query = useRouteWhen(true, routes.need.wish, { params: { needId } });
  return <Loaded query={query}>{(wish) => <ClaimForm wish={wish} />}</Loaded>;
}

function ClaimForm({ wish }: { wish: Wish }) {
  const { t } = useTranslation('resident');
  const navigate = useNavigate();
  const claim = useCall(routes.donation.claim);
  const neededFen = Math.max(0, wish.targetFen - wish.givenFen);
  const [empty] = useState(() => ({
    amountYuan: String(neededFen / 100),
    agreementNumber: '',
    formId: newFormId(),
  }));
  const draft = useDraft(`claim:${wish.id}`, empty);
  async function send() {
    if (!wish.itemId) return;
    const sent = await claim
      .send({ body: { itemId: wish.itemId, ...draft.value } })
      .catch(() => null);
    if (!sent) return;
    draft.clear();
    await navigate({ to: '/my/claims' });
  }
  return (
    <>
      <Card>
        <strong>{wish.title}</strong>
        <p>{wish.text}</p>
        <p className="soft">
          {wish.streetName} {wish.area.name}
        </p>
      </Card>
      <Form onSend={() => void send()} call={claim}>
        <YuanField
          {...draft.field('amountYuan')}
          label={t('claims.amount')}
          hint={t('claims.amountHint', { amount: formatYuan(neededFen) })}
        />
        <TextField {...draft.field('agreementNumber')} label={t('claims.agreement')} />
        <Button kind="primary" type="submit" busy={claim.busy} wide>
          {t('claims.send')}
        </Button>
      </Form>
    </>
  );
}
