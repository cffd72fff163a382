import { parseYuan } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import {
  Button,
  Money,
  newFormId,
  say,
  Select,
  TextField,
  YuanField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from './checks.ts';
import { wholeNumber } from './goods-codes.ts';
import { ItemSelect, PlaceSelect } from './goods-fields.tsx';
import { type DoneProps, PanelForm } from './panel-form.tsx';
import { useSend } from './send.ts';

interface Line {
  itemId: string;
  quantity: string;
  unitValueYuan: string;
}

const NEW_LINE: Line = { itemId: '', quantity: '', unitValueYuan: '' };
const LINES_AT_MOST = 30;

/** Which goods a proposal pays for: when it is paid, they wait to be taken in. Their value is the proposal's amount. */
export function OrderForm({ onDone }: DoneProps) {
  const { t } = useTranslation('console');
  const [formId] = useState(newFormId);
  const [head, setHead] = useState({ proposalId: '', placeId: '' });
  const [lines, setLines] = useState<readonly Line[]>([NEW_LINE]);
  const proposals = useOpenProposals();
  const call = useSend(routes.goods.order);
  const checks = useChecks();
  const filled = useFilled();
  const amountFen = proposals.find(({ id }) => id === head.proposalId)?.amountFen ?? null;
  function send() {
    const fine = checks.pass({
      proposalId: filled(head.proposalId, t('moves.orderProposal')),
      placeId: filled(head.placeId, t('goods.place')),
      lines: lines.some((line) => valueOf(line) === null) && t('moves.orderLineWrong'),
    });
    if (!fine) return;
    const body = {
      ...head,
      lines: lines.map((line) => ({ ...line, quantity: wholeNumber(line.quantity)! })),
      formId,
    };
    call.run({ body }, () => {
      say(t('moves.orderNoted'));
      onDone();
    });
  }
  return (
    <PanelForm
      scope="order"
      onSend={send}
      errors={checks.errors}
      call={call}
      send={t('moves.orderSend')}
    >
      <p className="soft small">{t('moves.orderLead')}</p>
      <div className="field-row">
        <Select
          name="proposalId"
          label={t('moves.orderProposal')}
          hint={proposals.length === 0 ? t('moves.orderNoProposal') : undefined}
          placeholder={t('goods.form.pick')}
          value={head.proposalId}
          onChange={(proposalId) => setHead((now) => ({ ...now, proposalId }))}
          options={proposals.map((one) => ({
            value: one.id,
            label: `${one.number} · ${one.payeeLabel} · ${one.purpose}`,
          }))}
        />
        <PlaceSelect
          mine
          name="placeId"
          label={t('goods.place')}
          value={head.placeId}
          onChange={(placeId) => setHead((now) => ({ ...now, placeId }))}
        />
      </div>
      <Lines lines={lines} onChange={setLines} />
      <Sum lines={lines} amountFen={amountFen} />
    </PanelForm>
  );
}

/** Proposals of the caller's areas that are not paid yet: only those can be told what they pay for. */
function useOpenProposals() {
  const [proposed, approved] = [
    usePages(routes.fund.proposals, { query: { state: 'proposed', limit: 100 } }),
    usePages(routes.fund.proposals, { query: { state: 'approved', limit: 100 } }),
  ];
  return [...approved.items, ...proposed.items].filter(({ isList }) => !isList);
}

interface LinesProps {
  lines: readonly Line[];
  onChange: (lines: readonly Line[]) => void;
}

function Lines({ lines, onChange }: LinesProps) {
  const { t } = useTranslation('console');
  const update = (place: number, change: Partial<Line>) =>
    onChange(lines.map((line, at) => (at === place ? { ...line, ...change } : line)));
  return (
    <>
      {lines.map((line, place) => (
        <div className="field-row" key={place}>
          <ItemSelect
            name={`lines-${place}-item`}
            label={t('moves.orderItem', { number: place + 1 })}
            value={line.itemId}
            onChange={(itemId) => update(place, { itemId })}
          />
          <TextField
            short
            name={`lines-${place}-quantity`}
            inputMode="numeric"
            label={t('moves.orderQuantity', { number: place + 1 })}
            value={line.quantity}
            onChange={(quantity) => update(place, { quantity })}
          />
          <YuanField
            name={`lines-${place}-value`}
            label={t('moves.orderPrice', { number: place + 1 })}
            value={line.unitValueYuan}
            onChange={(unitValueYuan) => update(place, { unitValueYuan })}
          />
        </div>
      ))}
      {lines.length < LINES_AT_MOST && (
        <Button kind="quiet" onPress={() => onChange([...lines, NEW_LINE])}>
          {t('moves.orderMore')}
        </Button>
      )}
    </>
  );
}

/** What the lines come to beside what the proposal pays, so that a difference is seen before it is sent. */
function Sum({ lines, amountFen }: { lines: readonly Line[]; amountFen: number | null }) {
  const { t } = useTranslation('console');
  const sum = lines.reduce((total, line) => total + (valueOf(line) ?? 0), 0);
  return (
    <p role="status">
      {t('moves.orderSum')} <Money fen={sum} />
      {amountFen !== null && (
        <>
          {' · '}
          {t('moves.orderAmount')} <Money fen={amountFen} />
          {sum !== amountFen && <strong> · {t('moves.orderDiffers')}</strong>}
        </>
      )}
    </p>
  );
}

/** In fen; null where something is missing or no number. */
function valueOf({ itemId, quantity, unitValueYuan }: Line): number | null {
  const count = wholeNumber(quantity);
  const fen = parseYuan(unitValueYuan);
  return itemId === '' || count === null || fen === null ? null : count * fen;
}
