import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, DateText, say } from '../../../shared/ui/index.ts';
import { ReasonDialog } from '../parts/reason-dialog.tsx';
import { useSend } from '../parts/send.ts';
import type { CharitySale } from './charity-sale.tsx';
import { SaleDecision } from './decision.tsx';
import { Steps } from './steps.tsx';

/** Ending it before its last day: asked for with a reason, agreed to by two others; then it ends at once. */
export function EarlyEnd({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [asking, setAsking] = useState(false);
  const { end } = sale;
  if (!end)
    return (
      holds(session, 'charity_sale.write') &&
      sale.isSelling && (
        <div className="form-actions">
          <Button kind="quiet" onPress={() => setAsking(true)}>
            {t('charity.end.ask')}
          </Button>
          {asking && <Ask sale={sale} onClose={() => setAsking(false)} />}
        </div>
      )
    );
  return (
    <section className="stack-tight" aria-labelledby="charity-end">
      <h3 id="charity-end">{t('charity.end.title')}</h3>
      <p>
        {t('charity.end.asked', { name: end.askedBy ?? '', reason: end.reason })}{' '}
        <DateText at={end.askedAt} />
      </p>
      {end.state === 'agreed' && <p>{t('charity.end.waits')}</p>}
      <Steps steps={end.steps} />
      {end.mayDecide && holds(session, 'charity_sale.decide') && <DecideEnd sale={sale} />}
    </section>
  );
}

function Ask({ sale, onClose }: { sale: CharitySale; onClose: () => void }) {
  const { t } = useTranslation('console');
  const ask = useSend(routes.charitySale.askEnd);
  return (
    <ReasonDialog
      title={t('charity.end.ask')}
      lead={t('charity.end.lead')}
      label={t('charity.end.reason')}
      hint={t('charity.end.reasonHint')}
      send={t('charity.end.send')}
      call={ask}
      onSend={(reason) =>
        ask.run({ params: { saleId: sale.id }, body: { reason } }, () => {
          say(t('charity.end.sent'));
          onClose();
        })
      }
      onClose={onClose}
    />
  );
}

function DecideEnd({ sale }: { sale: CharitySale }) {
  const { t } = useTranslation('console');
  const decide = useSend(routes.charitySale.decideEnd);
  return (
    <SaleDecision
      agree={t('charity.end.agree')}
      refuse={t('charity.end.refuse')}
      call={decide}
      onDecide={(decision, note) =>
        decide.run({ params: { saleId: sale.id }, body: { decision, note } }, ({ state }) =>
          say(t(state === 'closed' ? 'charity.end.ended' : 'charity.end.noted')),
        )
      }
    />
  );
}
