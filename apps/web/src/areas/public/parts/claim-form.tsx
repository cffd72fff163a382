import { formatYuan, yuanNumber } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  dateWords,
  Form,
  newFormId,
  Notice,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useFederation } from './words.ts';
import type { Wish } from './wish-card.tsx';

/** An enterprise claims an item by agreement; others read how, and where its agent signs in. */
export function ClaimForm({ wish }: { wish: Wish }) {
  const { t } = useTranslation('public');
  const { session } = useSession();
  if (!wish.itemId) return null;
  if (!holds(session, 'claim.own'))
    return (
      <div className="stack-tight">
        <p>{t('claim.lead')}</p>
        {!session && (
          <p>
            <ButtonLink to="/my/sign-in" search={{ next: `/wishes/${wish.id}#claim` }}>
              {t('claim.signIn')}
            </ButtonLink>
          </p>
        )}
      </div>
    );
  return <AgentForm itemId={wish.itemId} leftFen={wish.targetFen - wish.givenFen} />;
}

function AgentForm({ itemId, leftFen }: { itemId: string; leftFen: number }) {
  const { t, i18n } = useTranslation('public');
  const federation = useFederation();
  const claim = useCall(routes.donation.claim);
  const [amountYuan, setAmountYuan] = useState(yuanNumber(leftFen).replaceAll(',', ''));
  const [agreementNumber, setAgreementNumber] = useState('');
  const [missing, setMissing] = useState(false);
  const formId = useRef(newFormId());
  async function send() {
    setMissing(!agreementNumber.trim());
    if (!agreementNumber.trim()) return;
    await claim.send({ body: { itemId, amountYuan, agreementNumber, formId: formId.current } });
  }
  if (claim.done) {
    const { amountFen, number, lockedUntil } = claim.done;
    const until = dateWords(lockedUntil, i18n.language);
    return (
      <Notice tone="done" title={t('claim.done', { amount: formatYuan(amountFen), number, until })}>
        <p>{t('claim.doneNext', { federation })}</p>
      </Notice>
    );
  }
  return (
    <Form
      scope="claim"
      onSend={() => void send().catch(() => undefined)}
      errors={missing ? { agreementNumber: t('claim.agreementMissing') } : {}}
      call={claim}
    >
      <p>{t('claim.lead')}</p>
      <YuanField
        name="amountYuan"
        label={t('claim.amount')}
        value={amountYuan}
        onChange={setAmountYuan}
      />
      <TextField
        name="agreementNumber"
        label={t('claim.agreement')}
        hint={t('claim.agreementHint', { federation })}
        value={agreementNumber}
        maxLength={100}
        onChange={setAgreementNumber}
      />
      <Button kind="primary" type="submit" busy={claim.busy}>
        {t('claim.send')}
      </Button>
    </Form>
  );
}
