import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, RefusalNotice, say } from '../../../shared/ui/index.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { useSend } from '../parts/send.ts';
import type { CharitySale } from './charity-sale.tsx';
import { SaleDecision } from './decision.tsx';
import { EarlyEnd } from './early-end.tsx';
import { Steps } from './steps.tsx';

const OVER = new Set(['closed', 'refused', 'cancelled']);

/** What is to be done now and by whom, and what still stands against opening. */
export function Acts({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  if (OVER.has(sale.state)) return null;
  const mayWrite = holds(session, 'charity_sale.write');
  return (
    <section className="panel stack-tight" aria-labelledby="charity-next">
      <h2 id="charity-next">{t('charity.next.title')}</h2>
      {sale.state === 'open' && <p>{t('charity.next.runs', { date: sale.closesOn })}</p>}
      {sale.obstacles.length > 0 && (
        <>
          <p>{t('charity.next.stands')}</p>
          <ul>
            {sale.obstacles.map((one) => (
              <li key={one}>{t(`charity.obstacles.${one}`)}</li>
            ))}
          </ul>
        </>
      )}
      {sale.steps.length > 0 && <Steps steps={sale.steps} />}
      {sale.state === 'open' && <EarlyEnd sale={sale} />}
      {sale.mayDecide && holds(session, 'charity_sale.decide') && <Decide sale={sale} />}
      {mayWrite && sale.state !== 'open' && <Moves sale={sale} />}
    </section>
  );
}

function Moves({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const [asking, setAsking] = useState(false);
  const submit = useSend(routes.charitySale.submit);
  const open = useSend(routes.charitySale.open);
  const params = { saleId: sale.id };
  const refusal = submit.refusal ?? open.refusal;
  return (
    <>
      {refusal && <RefusalNotice refusal={refusal} />}
      {sale.state === 'approved' && <p className="soft">{t('charity.next.openHint')}</p>}
      <div className="form-actions">
        {sale.state === 'draft' && (
          <Button
            kind="primary"
            busy={submit.busy}
            onPress={() => submit.run({ params }, () => say(t('charity.next.submitted')))}
          >
            {t('charity.next.submit')}
          </Button>
        )}
        {sale.state === 'approved' && (
          <Button
            kind="primary"
            busy={open.busy}
            onPress={() => open.run({ params }, () => say(t('charity.next.opened')))}
          >
            {t('charity.next.open')}
          </Button>
        )}
        <Button kind="quiet" onPress={() => setAsking(true)}>
          {t('charity.next.cancel')}
        </Button>
      </div>
      {asking && <Cancel sale={sale} onClose={() => setAsking(false)} />}
    </>
  );
}

function Cancel({ sale, onClose }: { sale: CharitySale; onClose: () => void }) {
  const { t } = useTranslation('console');
  const cancel = useSend(routes.charitySale.cancel);
  return (
    <ReasonDialog
      title={t('charity.next.cancel')}
      label={t('charity.next.cancelReason')}
      send={t('charity.next.cancel')}
      kind="danger"
      call={cancel}
      onSend={(reason) =>
        cancel.run({ params: { saleId: sale.id }, body: { reason } }, () => {
          say(t('charity.next.cancelled'));
          onClose();
        })
      }
      onClose={onClose}
    />
  );
}

function Decide({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const decide = useSend(routes.charitySale.decide);
  return (
    <SaleDecision
      agree={t('charity.decide.agree')}
      refuse={t('charity.decide.refuse')}
      call={decide}
      onDecide={(decision, note) =>
        decide.run({ params: { saleId: sale.id }, body: { decision, note } }, () =>
          say(t(decision === 'approve' ? 'charity.decide.agreed' : 'charity.decide.refused')),
        )
      }
    />
  );
}
