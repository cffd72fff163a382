import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Bars } from '../../../shared/charts/index.ts';
import {
  Button,
  Dialog,
  Form,
  Notice,
  RefusalNotice,
  say,
  TextField,
} from '../../../shared/ui/index.ts';
import type { Plan } from './goods-codes.ts';
import { DecisionForm } from './decision.tsx';
import { ReasonDialog } from './reason-dialog.tsx';
import { useSend } from './send.ts';

/** What the list needs beside what the stock has, and the button that sets it aside. */
export function Submit({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const call = useSend(routes.distribution.submit);
  const lacks = plan.needed.some((one) => one.needed > one.available);
  const why =
    plan.figures.listed === 0 ? t('plan.submitEmpty') : lacks ? t('plan.submitLacking') : undefined;
  return (
    <section className="panel">
      <h2>{t('plan.needed')}</h2>
      {plan.needed.map((one) => (
        <div key={one.itemId}>
          <Bars
            label={one.name}
            headings={[t('plan.item'), t('goods.quantity')]}
            bars={[
              {
                key: 'needed',
                label: one.name,
                value: one.needed,
                words: t('plan.neededOf', {
                  needed: one.needed,
                  available: one.available,
                  unit: one.unit,
                }),
                tone: one.needed > one.available ? 'late' : 'done',
              },
              {
                key: 'there',
                label: t('goods.inStock'),
                value: one.available,
                words: `${one.available} ${one.unit}`,
                tone: 'calm',
              },
            ]}
          />
          {one.needed > one.available && (
            <p>{t('plan.lacking', { count: one.needed - one.available, unit: one.unit })}</p>
          )}
        </div>
      ))}
      {call.refusal && <RefusalNotice refusal={call.refusal} />}
      <div className="form-actions">
        <Button
          kind="primary"
          busy={call.busy}
          refusedBecause={why}
          onPress={() =>
            call.run({ params: { planId: plan.id }, body: { version: plan.version } }, () =>
              say(t('plan.submitted')),
            )
          }
        >
          {t('plan.submit')}
        </Button>
      </div>
    </section>
  );
}

/** The second person's word. */
export function Decide({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const call = useSend(routes.distribution.decide);
  if (!plan.mayDecide) return <Notice tone="quiet" title={t('plan.mayNot')} />;
  return (
    <section className="panel">
      <h2>{t('plan.decide')}</h2>
      <DecisionForm
        scope="decide"
        yes={{ word: 'approve', says: t('plan.approve') }}
        no={{ word: 'refuse', says: t('plan.refuse') }}
        note={{ name: 'note', label: t('plan.decideNote') }}
        call={call}
        onDecide={(decision, note) =>
          call.run({ params: { planId: plan.id }, body: { decision, note } }, () =>
            say(t('plan.decided')),
          )
        }
      />
    </section>
  );
}

/** Ends a plan before anything was handed over. */
export function Cancel({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const [open, setOpen] = useState(false);
  const call = useSend(routes.distribution.cancel);
  return (
    <p>
      <Button kind="quiet" onPress={() => setOpen(true)}>
        {t('plan.cancel')}
      </Button>
      {open && (
        <ReasonDialog
          title={t('plan.cancel')}
          label={t('plan.cancelReason')}
          hint={t('plan.cancelNote')}
          send={t('plan.cancel')}
          kind="danger"
          call={call}
          onSend={(reason) =>
            call.run({ params: { planId: plan.id }, body: { reason } }, () => {
              say(t('plan.cancelled'));
              setOpen(false);
            })
          }
          onClose={() => setOpen(false)}
        />
      )}
    </p>
  );
}

/** Counts what is left and puts it back. It begins with what the ledger says. */
export function Close({ plan }: { plan: Plan }) {
  const { t } = useTranslation('console');
  const [open, setOpen] = useState(false);
  return (
    <section className="panel">
      <h2>{t('plan.close')}</h2>
      <p className="soft">{t('plan.closeNote')}</p>
      <Button onPress={() => setOpen(true)}>{t('plan.close')}</Button>
      <Dialog title={t('plan.close')} open={open} onClose={() => setOpen(false)}>
        <CloseForm plan={plan} onDone={() => setOpen(false)} />
      </Dialog>
    </section>
  );
}

function CloseForm({ plan, onDone }: { plan: Plan; onDone: () => void }) {
  const { t } = useTranslation('console');
  const [counts, setCounts] = useState(
    () => new Map(plan.ready.map((one) => [one.id, String(one.left)])),
  );
  const [reason, setReason] = useState('');
  const call = useSend(routes.distribution.close);
  const isShort = plan.ready.some((one) => Number(counts.get(one.id)) < one.left);
  return (
    <Form
      scope="close"
      call={call}
      onSend={() =>
        call.run(
          {
            params: { planId: plan.id },
            body: {
              lines: [...counts].map(([readyId, text]) => ({ readyId, returned: Number(text) })),
              reason,
            },
          },
          () => {
            say(t('plan.closed'));
            onDone();
          },
        )
      }
      send={t('plan.closeSend')}
    >
      {plan.ready.map((one) => (
        <TextField
          key={one.id}
          short
          inputMode="numeric"
          name={`returned-${one.id}`}
          label={`${one.itemName} · ${t('plan.returned')}`}
          hint={t('plan.leftOf', { left: one.left, unit: one.unit })}
          value={counts.get(one.id) ?? ''}
          onChange={(text) => setCounts((now) => new Map(now).set(one.id, text))}
        />
      ))}
      {isShort && (
        <TextField
          name="reason"
          label={t('plan.closeReason')}
          value={reason}
          onChange={setReason}
        />
      )}
    </Form>
  );
}
