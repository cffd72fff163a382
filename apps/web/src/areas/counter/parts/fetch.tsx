import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callServer } from '../../../shared/api/client.ts';
import { Button, say, TextField } from '../../../shared/ui/index.ts';
import type { TillState } from '../till/store.ts';
import { sentenceOf } from './words.ts';

/** Hands over what was ordered: an order of the mall by six digits, a group-buy by its code, also to who fetches for somebody. */
export function Fetch({ till }: { till: TillState }) {
  const { t } = useTranslation('counter');
  const [code, setCode] = useState('');
  const [note, setNote] = useState('');
  const [told, setTold] = useState('');
  const { placeId } = till.snapshot!.data.till;
  const give = async () => {
    const plain = code.replace(/\s/g, '');
    if (plain.length < 6) return setTold(t('fetch.codeHint'));
    try {
      const what = /^\d{6}$/.test(plain)
        ? (
            await callServer(routes.sale.handOver, { body: { placeId, pickUpCode: plain, note } })
          ).lines
            .map((line) => `${line.title} × ${line.quantity}`)
            .join('，')
        : (await callServer(routes.groupBuy.handOver, { body: { code: plain, note } })).title;
      say(t('fetch.done', { what }));
      setCode('');
      setNote('');
      setTold('');
    } catch (thrown) {
      setTold(sentenceOf(thrown, t('fetch.offline')));
    }
  };
  return (
    <section className="till-narrow">
      <h2>{t('fetch.title')}</h2>
      {!till.online && <p className="till-warning">{t('fetch.offline')}</p>}
      <form
        className="till-narrow"
        onSubmit={(event) => {
          event.preventDefault();
          void give();
        }}
      >
        <TextField
          name="code"
          label={t('fetch.code')}
          hint={t('fetch.codeHint')}
          value={code}
          onChange={setCode}
        />
        <TextField
          name="note"
          label={t('fetch.note')}
          hint={t('fetch.noteHint')}
          value={note}
          onChange={setNote}
          optional
        />
        <p className="till-told" role="alert">
          {told}
        </p>
        <Button type="submit" kind="primary">
          {t('fetch.do')}
        </Button>
      </form>
    </section>
  );
}
