import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import { ApiRefusal } from '../../../shared/api/refusal.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  Checkbox,
  dateWords,
  Form,
  newFormId,
  RadioGroup,
  RefusalNotice,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues, type Values } from '../../../shared/values.ts';
import type { useCart } from './cart-store.ts';

type Cart = ReturnType<typeof useCart>;
type Plan = RouteOutput<typeof routes.sale.plan>;

const nobody = { kind: 'pick_up', address: '', telephone: '', note: '', vouchers: [] as string[] };

/** The end of the cart: which vouchers pay, how it is got, and the order. */
export function OrderForm({ cart }: { cart: Cart }) {
  const { t } = useTranslation('mall');
  const { session } = useSession();
  const navigate = useNavigate();
  const stations = useRoute(routes.catalogue.stations).data?.items ?? [];
  const form = useValues(nobody);
  const { value, update, field } = form;
  const [key] = useState(newFormId);
  const order = useCall(routes.sale.order);
  const [plan, setPlan] = useState<Plan>();
  const isDelivery = value.kind === 'delivery';
  async function send() {
    const { address, telephone, note } = value;
    const lines = cart.lines.map(({ variantId, quantity, shownPriceFen }) => ({
      variantId,
      quantity,
      shownPriceFen,
    }));
    try {
      const { orders } = await order.send({
        body: {
          key,
          placeId: cart.placeId,
          kind: isDelivery ? 'delivery' : 'pick_up',
          delivery: isDelivery ? { address, telephone, note } : null,
          lines,
          vouchers: value.vouchers,
          ...(plan && { shownMoneyFen: plan.moneyFen }),
        },
      });
      cart.clear();
      if (orders.length === 1)
        await navigate({ to: '/mall/orders/$orderId', params: { orderId: orders[0]!.id } });
      else await navigate({ to: '/mall/orders' });
    } catch (thrown) {
      if (!(thrown instanceof ApiRefusal)) throw thrown;
    }
  }
  if (!session)
    return (
      <ButtonLink kind="primary" wide to="/my/sign-in" search={{ next: '/mall/cart' }}>
        {t('signIn')}
      </ButtonLink>
    );
  const place = stations.find((one) => one.id === cart.placeId)?.name ?? '';
  return (
    <Form onSend={() => void send()} call={order}>
      <Vouchers
        cart={cart}
        chosen={value.vouchers}
        onChoose={(vouchers) => update({ vouchers })}
        onPlan={setPlan}
      />
      <RadioGroup
        {...field('kind')}
        label={t('how')}
        options={[
          { value: 'pick_up', label: t('pickUp', { place }) },
          { value: 'delivery', label: t('delivery') },
        ]}
      />
      {isDelivery && <DeliveryFields {...form} />}
      <Button type="submit" kind="primary" wide busy={order.busy}>
        {plan && plan.voucherFen > 0
          ? t(plan.moneyFen > 0 ? 'orderMixed' : 'orderCovered', {
              amount: formatYuan(plan.moneyFen),
            })
          : t('order')}
      </Button>
    </Form>
  );
}

function DeliveryFields({ field }: Values<typeof nobody>) {
  const { t } = useTranslation('mall');
  return (
    <>
      <p className="soft">{t('deliveryHint')}</p>
      <TextField {...field('address')} label={t('address')} />
      <TextField {...field('telephone')} label={t('telephone')} inputMode="tel" />
      <TextField {...field('note')} label={t('note')} />
    </>
  );
}

interface VouchersProps {
  cart: Cart;
  chosen: readonly string[];
  onChoose: (ids: string[]) => void;
  onPlan: (plan: Plan) => void;
}

/** One's own vouchers: none is ticked beforehand; what those ticked pay and what is left is asked at once. */
function Vouchers({ cart, chosen, onChoose, onPlan }: VouchersProps) {
  const { t } = useTranslation('mall');
  const { send, done, refusal } = useCall(routes.sale.plan);
  const lines = cart.lines.map(({ variantId, quantity }) => ({ variantId, quantity }));
  const asked = JSON.stringify({ placeId: cart.placeId, lines, chosen });
  useEffect(() => {
    // A refusal is shown below; the next change asks again.
    send({ body: { placeId: cart.placeId, lines, vouchers: [...chosen] } }).then(
      onPlan,
      () => undefined,
    );
  }, [asked]);
  if (!done || done.vouchers.length === 0) return null;
  return (
    <fieldset className="field">
      <legend>{t('vouchers')}</legend>
      {refusal && <RefusalNotice refusal={refusal} />}
      {done.vouchers.map((one) => (
        <VoucherChoice
          key={one.id}
          one={one}
          checked={chosen.includes(one.id)}
          onChange={(isOn) =>
            onChoose(isOn ? [...chosen, one.id] : chosen.filter((id) => id !== one.id))
          }
        />
      ))}
      {done.voucherFen > 0 && (
        <>
          <p className="row-between mall-total">
            <span>{t('voucherPays')}</span>
            <span className="number">{formatYuan(done.voucherFen)}</span>
          </p>
          <p className="row-between mall-total">
            <span>{t('moneyPays')}</span>
            <strong className="number">{formatYuan(done.moneyFen)}</strong>
          </p>
          {done.voucherShareFen > 0 && (
            <p className="soft">{t('shareApart', { amount: formatYuan(done.voucherShareFen) })}</p>
          )}
        </>
      )}
    </fieldset>
  );
}

function VoucherChoice({
  one,
  checked,
  onChange,
}: {
  one: Plan['vouchers'][number];
  checked: boolean;
  onChange: (isOn: boolean) => void;
}) {
  const { t, i18n } = useTranslation('mall');
  const left = t('voucherLeft', { label: one.label, amount: formatYuan(one.leftFen) });
  if (one.held || one.payableFen === 0)
    return (
      <p className="soft">
        {left} —{' '}
        {one.held
          ? t(one.held.forOrder ? 'voucherInOrder' : 'voucherHeld', { place: one.held.place })
          : t('voucherNotFor', { goods: one.paysFor.join('、') })}
      </p>
    );
  return (
    <Checkbox
      boxed
      name={`voucher-${one.id}`}
      label={left}
      hint={
        checked
          ? t('voucherPaying', { amount: formatYuan(one.paysFen) })
          : t('voucherCan', {
              amount: formatYuan(one.payableFen),
              date: dateWords(one.expiresOn, i18n.language),
            })
      }
      checked={checked}
      onChange={onChange}
    />
  );
}
