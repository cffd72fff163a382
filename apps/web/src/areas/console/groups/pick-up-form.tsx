import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, Notice, TextField } from '../../../shared/ui/index.ts';
import { useSend } from '../parts/send.ts';

const empty = { code: '', note: '' };

/** Hands a share over against its code: scanned or typed, with who fetched it for whom. */
export function PickUpForm() {
  const { t } = useTranslation('console');
  const [value, setValue] = useState(empty);
  const [done, setDone] = useState('');
  const handOver = useSend(routes.groupBuy.handOver);
  function send() {
    setDone('');
    // A code that was pasted or said in groups of letters is the same code.
    const body = { ...value, code: value.code.replace(/\s/g, '') };
    handOver.run({ body }, ({ title, unit, share }) => {
      const { name, pieces } = share;
      setDone(t('groupBuys.pickUpDone', { title, name, pieces, unit }));
      setValue(empty);
    });
  }
  return (
    <section className="panel" aria-labelledby="pick-up-title">
      <h2 id="pick-up-title">{t('groupBuys.pickUpTitle')}</h2>
      <Form onSend={send} call={handOver} scope="pick-up" send={t('groupBuys.pickUpSend')}>
        <div className="filters">
          <TextField
            name="code"
            label={t('groupBuys.pickUpCode')}
            hint={t('groupBuys.pickUpHint')}
            value={value.code}
            onChange={(code) => setValue({ ...value, code })}
          />
          <TextField
            name="note"
            label={t('groupBuys.pickUpNote')}
            hint={t('groupBuys.pickUpNoteHint')}
            optional
            value={value.note}
            onChange={(note) => setValue({ ...value, note })}
          />
        </div>
      </Form>
      {done && (
        <div role="status">
          <Notice tone="done" title={done} />
        </div>
      )}
    </section>
  );
}
