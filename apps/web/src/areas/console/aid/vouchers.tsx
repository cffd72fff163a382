import { formatYuan } from '@wennuan/basics';
import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { Listed, Button, DateText, Form, State, TextField } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

type Voucher = RouteOutput<typeof routes.benefit.list>['items'][number];

/** Vouchers and cards of one's people that can be used, and the paper for who has no phone. */
export function Vouchers() {
  const { t } = useTranslation('console');
  const list = usePages(routes.benefit.list, { query: { state: 'issued', limit: 20 } });
  const vouchers = list.items.filter((one) => one.unit === 'fen');
  return (
    <section className="panel">
      <h2>{t('aid.vouchers.title')}</h2>
      <p className="soft">{t('aid.vouchers.lead')}</p>
      <Listed list={list} empty={<p className="soft">{t('aid.vouchers.empty')}</p>}>
        {() => (
          <ul className="list">
            {vouchers.map((one) => (
              <VoucherRow key={one.id} voucher={one} />
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function VoucherRow({ voucher }: { voucher: Voucher }) {
  const { t } = useTranslation('console');
  const [isOpen, setOpen] = useState(false);
  const name = voucher.maskedName ?? '';
  return (
    <li>
      <span>
        <span className="number">{voucher.number}</span> <strong>{name}</strong> {voucher.label}{' '}
        {t('aid.vouchers.left', { left: formatYuan(voucher.left) })}{' '}
        <DateText at={voucher.expiresOn} withTime={false} />
      </span>
      {voucher.held && (
        <State tone="running">{t('aid.vouchers.held', { place: voucher.held.place })}</State>
      )}
      <Button
        kind="quiet"
        label={`${t('aid.vouchers.paper')} ${voucher.number}`}
        expanded={isOpen}
        onPress={() => setOpen(!isOpen)}
      >
        {t('aid.vouchers.paper')}
      </Button>
      {isOpen && <Paper voucher={voucher} />}
    </li>
  );
}

/** A paper alone pays nothing: it needs the word she chooses now, or the last digits of her ID number. */
function Paper({ voucher }: { voucher: Voucher }) {
  const { t } = useTranslation('console');
  const [word, setWord] = useState('');
  const [made, setMade] = useState<RouteOutput<typeof routes.benefit.printPaper> | null>(null);
  const print = useSend(routes.benefit.printPaper);
  if (made)
    return (
      <PrintButton
        kind="primary"
        sheet={
          <PrintSheet
            title={voucher.label}
            number={made.number}
            qr={{ svg: made.qrSvg, text: made.text }}
          >
            <p>{t('aid.vouchers.left', { left: formatYuan(voucher.left) })}</p>
            <p>{t('aid.vouchers.sheet')}</p>
          </PrintSheet>
        }
      />
    );
  return (
    <Form
      onSend={() => print.run({ params: { entitlementId: voucher.id }, body: { word } }, setMade)}
      call={print}
      scope={voucher.id}
    >
      <TextField
        name="word"
        label={t('aid.vouchers.word')}
        hint={t('aid.vouchers.wordHint')}
        value={word}
        onChange={setWord}
        short
      />
      <Button type="submit" kind="primary" busy={print.busy}>
        {t('aid.vouchers.make')}
      </Button>
    </Form>
  );
}
