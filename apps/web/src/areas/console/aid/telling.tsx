import { routes, tellingWays as ways } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PrintButton, PrintSheet } from '../../../shared/print/print-sheet.tsx';
import { DateText, Facts, Form, RadioGroup, say, TextArea } from '../../../shared/ui/index.ts';
import type { AwardDetail } from '../parts/aid-codes.ts';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

type Told = NonNullable<AwardDetail['telling']>;

/** The decision as a letter, and where she has no account the worker's word that she was told. */
export function Telling({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  const { telling } = award;
  if (!telling) return null;
  return (
    <section className="panel">
      <h2>{t('aid.telling.title')}</h2>
      <p className="soft">
        {telling.toldAt ? (
          <>
            {t('aid.telling.told')} <DateText at={telling.toldAt} />
          </>
        ) : (
          t(award.hasAccount ? 'aid.telling.byMessage' : 'aid.telling.byHand')
        )}
      </p>
      <p>
        <PrintButton
          label={t('aid.telling.print')}
          sheet={<Letter award={award} telling={telling} />}
        />
      </p>
      {telling.mayNote && <NoteTelling awardId={award.id} />}
    </section>
  );
}

/** What was decided, why, by which clause, and how to appeal: in big type, for who reads with a glass. */
function Letter({ award, telling }: { award: AwardDetail; telling: Told }) {
  const { t } = useTranslation('console');
  const { programme, state } = award;
  const telephone = telling.deskTelephone ?? '—';
  return (
    <PrintSheet
      title={t(`aid.telling.letter.${state as 'stopped'}`, { programme: programme.name })}
      number={award.number}
    >
      <p className="letter">{t('aid.telling.to', { name: award.maskedName })}</p>
      <Facts
        rows={[
          [t('aid.telling.what'), programme.what],
          ...(award.endedOn
            ? [[t('aid.award.endedOn'), <DateText at={award.endedOn} />] as const]
            : []),
          [t('aid.telling.reason'), telling.reason],
          [t('aid.round.clause'), programme.clause],
          [t('aid.telling.by'), telling.decidedBy],
          ...(telling.answer ? [[t('aid.telling.answer'), telling.answer] as const] : []),
        ]}
      />
      <p className="letter">
        {telling.mayAppeal
          ? t('aid.telling.appeal', { level: telling.appealTo, telephone })
          : t('aid.telling.ask', { telephone })}
      </p>
      <p className="letter">{t('aid.telling.keep')}</p>
    </PrintSheet>
  );
}

function NoteTelling({ awardId }: { awardId: string }) {
  const { t } = useTranslation('console');
  const [way, setWay] = useState<(typeof ways)[number]>('face_to_face');
  const [note, setNote] = useState('');
  const send = useSend(routes.award.tell);
  return (
    <Form
      scope="telling"
      call={send}
      onSend={() =>
        send.run({ params: { awardId }, body: { way, note } }, () => say(t('aid.telling.saved')))
      }
      send={t('aid.telling.send')}
    >
      <RadioGroup
        name="way"
        label={t('aid.telling.way')}
        value={way}
        onChange={(picked) => setWay(oneOf(ways, picked) ?? 'face_to_face')}
        options={ways.map((one) => ({ value: one, label: t(`aid.tellingWay.${one}`) }))}
      />
      <TextArea
        name="note"
        label={t('aid.telling.words')}
        optional
        rows={2}
        most={2000}
        value={note}
        onChange={setNote}
      />
    </Form>
  );
}
