import type { RouteInput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Form, Select, TextField } from '../../../shared/ui/index.ts';
import { PhotoField } from '../../../shared/ui/photo-field.tsx';
import { useValues, type Values } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from './checks.ts';
import { outcomes, type Plan, type Recipient, relations } from './goods-codes.ts';
import { SignaturePad } from './signature-pad.tsx';

type Tick = Omit<RouteInput<typeof routes.distribution.handOver>['body'], 'tickId'>;

interface TickDialogProps {
  plan: Plan;
  one: Recipient;
  onClose: () => void;
  onTick: (tick: Tick, signature: string | null) => void;
}

const empty = {
  outcome: 'handed' as (typeof outcomes)[number],
  signature: null as string | null,
  pictureIds: [] as readonly string[],
  name: '',
  relation: 'family' as (typeof relations)[number],
  reason: '',
  note: '',
};
type Ticked = typeof empty;

/** What came of one person: received and signed, by proxy, or why not. */
export function TickDialog({ plan, one, onClose, onTick }: TickDialogProps) {
  const { t } = useTranslation('console');
  const form = useValues(empty);
  const { value, update, field } = form;
  const checks = useChecks();
  const filled = useFilled();
  const takes = value.outcome === 'handed' || value.outcome === 'proxy';
  function send() {
    const fine = checks.pass({
      signatureId:
        takes && !value.signature && value.pictureIds.length === 0 && t('handOver.needSign'),
      name: value.outcome === 'proxy' && filled(value.name, t('handOver.proxyName')),
      reason:
        value.outcome === 'proxy' && value.reason.trim().length < 2 && t('handOver.needReason'),
      note: value.outcome === 'refused' && value.note.trim().length < 2 && t('handOver.needReason'),
    });
    if (!fine) return;
    onTick(
      {
        recipientId: one.id,
        outcome: value.outcome,
        signatureId: null,
        pictureIds: takes ? [...value.pictureIds] : [],
        proxy:
          value.outcome === 'proxy'
            ? { name: value.name, relation: value.relation, reason: value.reason }
            : null,
        note: value.note,
      },
      takes ? value.signature : null,
    );
  }
  return (
    <Dialog
      open
      wide
      title={`${t('handOver.number', { serial: one.serial })} ${one.maskedName}`}
      onClose={onClose}
    >
      <Form scope="tick" errors={checks.errors} onSend={send}>
        <p>
          <strong>
            {plan.lines
              .map((line) => {
                const count = line.quantity * (line.perHead ? one.heads : 1);
                return `${line.item.name} ${t('goods.amount', { count, unit: line.item.unit })}`;
              })
              .join('、')}
          </strong>{' '}
          · {t('handOver.word', { word: one.word })}
        </p>
        <fieldset className="field">
          <legend className="field-label">{t('handOver.outcome')}</legend>
          <div className="outcomes">
            {outcomes.map((outcome) => (
              <Button
                key={outcome}
                kind={outcome === value.outcome ? 'primary' : 'secondary'}
                pressed={outcome === value.outcome}
                onPress={() => update({ outcome })}
              >
                {t(`people.outcomes.${outcome}`)}
              </Button>
            ))}
          </div>
        </fieldset>
        {value.outcome === 'proxy' && <ProxyFields {...form} />}
        {takes && (
          <SignaturePad value={value.signature} onChange={(signature) => update({ signature })} />
        )}
        {checks.errors.signatureId && (
          <p id="field-tick-signatureId" className="field-error">
            {checks.errors.signatureId}
          </p>
        )}
        {takes && <PhotoField {...field('pictureIds')} most={2} label={t('handOver.photos')} />}
        <TextField
          optional={value.outcome !== 'refused'}
          {...field('note')}
          label={t(value.outcome === 'refused' ? 'handOver.refusedNote' : 'handOver.note')}
        />
        <div className="form-actions">
          <Button type="submit" kind="primary" wide>
            {t('handOver.done')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

type ProxyProps = Values<Ticked>;

function ProxyFields({ value, update, field }: ProxyProps) {
  const { t } = useTranslation('console');
  return (
    <>
      <TextField {...field('name')} label={t('handOver.proxyName')} />
      <Select
        name="relation"
        label={t('handOver.relation')}
        value={value.relation}
        onChange={(relation) => update({ relation: oneOf(relations, relation) ?? 'family' })}
        options={relations.map((one) => ({ value: one, label: t(`handOver.relations.${one}`) }))}
      />
      <TextField {...field('reason')} label={t('handOver.proxyReason')} />
    </>
  );
}
