import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { Button, Form, Notice, TextField } from '../../../shared/ui/index.ts';
import type { TillState } from '../till/store.ts';

const nothing = { number: '', lastDigits: '', word: '' };

/** A lost paper voucher is printed anew; the old one ends. The cashier learns nothing of whose it is. */
export function Paper({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const [value, setValue] = useState(nothing);
  const replace = useCall(routes.counter.replacePaper);
  const [made, setMade] = useState<Awaited<ReturnType<typeof replace.send>> | null>(null);
  const update = (change: Partial<typeof nothing>) => setValue((now) => ({ ...now, ...change }));
  const send = async () => {
    const params = { tillId: till.snapshot!.data.till.id };
    const paper = await replace.send({ params, body: value }).catch(() => null);
    if (!paper) return;
    setMade(paper);
    setValue(nothing);
  };
  return (
    <section className="till-narrow">
      <h2>{t('paper.title')}</h2>
      <p>{t('paper.lead')}</p>
      {!till.online && <p className="till-warning">{t('paper.offline')}</p>}
      {made && (
        <Notice title={t('paper.done')}>
          <PrintButton
            kind="primary"
            sheet={
              <PrintSheet
                title={`${t('paper.sheet')} · ${made.label}`}
                number={made.number}
                qr={{ svg: made.qrSvg, text: made.text }}
              >
                <p>{t('paper.left', { left: made.left })}</p>
                <p>{t('paper.sheetBody')}</p>
              </PrintSheet>
            }
          />
        </Notice>
      )}
      <Form onSend={() => void send()} call={replace} scope="paper">
        <TextField
          name="number"
          label={t('paper.number')}
          hint={t('paper.numberHint')}
          value={value.number}
          onChange={(number) => update({ number })}
          short
        />
        <TextField
          name="lastDigits"
          label={t('paper.digits')}
          value={value.lastDigits}
          onChange={(lastDigits) => update({ lastDigits })}
          short
        />
        <TextField
          name="word"
          label={t('paper.word')}
          value={value.word}
          onChange={(word) => update({ word })}
          short
        />
        <Button type="submit" kind="primary" busy={replace.busy}>
          {t('paper.do')}
        </Button>
      </Form>
    </section>
  );
}
