import { type RouteOutput, routes } from '@wennuan/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Listed,
  Button,
  Form,
  PhotoField,
  RadioGroup,
  say,
  State,
  TextField,
} from '../../../shared/ui/index.ts';
import { useAmountWords, usePeriodWords } from '../parts/aid-words.tsx';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';
import { oneOf } from '../routes.root.tsx';

type WaitingPart = RouteOutput<typeof routes.award.confirmations>['items'][number];

/** Parts that wait for somebody: to be done, or for her word. What nobody confirmed stays here. */
export function WaitingParts({ kind }: { kind: 'to_do' | 'unconfirmed' }) {
  const { t } = useTranslation('console');
  const parts = usePages(routes.award.confirmations, { query: { kind, limit: 50 } });
  const title = t(kind === 'to_do' ? 'aid.giving.toDo' : 'aid.giving.unconfirmed');
  return (
    <section className="panel">
      <h2>{title}</h2>
      {kind === 'unconfirmed' && <p className="soft">{t('aid.giving.unconfirmedLead')}</p>}
      <Listed
        list={parts}
        lines={3}
        empty={
          <p className="soft">
            {t(kind === 'to_do' ? 'aid.giving.toDoEmpty' : 'aid.giving.unconfirmedEmpty')}
          </p>
        }
      >
        {(items) => (
          <ul className="tasks" aria-label={title}>
            {items.map((part) => (
              <PartRow key={part.id} part={part} kind={kind} />
            ))}
          </ul>
        )}
      </Listed>
    </section>
  );
}

function PartRow({ part, kind }: { part: WaitingPart; kind: 'to_do' | 'unconfirmed' }) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const [open, setOpen] = useState(false);
  const amountWords = useAmountWords();
  const periodWords = usePeriodWords();
  const label = t(kind === 'to_do' ? 'aid.giving.done' : 'aid.giving.confirm');
  return (
    <li className="card-row">
      <div className="row-between">
        <span>
          <Link to="/desk/aid/awards/$awardId" params={{ awardId: part.awardId }}>
            <strong>{part.maskedName || part.number}</strong>
          </Link>{' '}
          {part.programmeName} · {periodWords(part.period)} · {amountWords(part.amount, part.unit)}{' '}
          <small className="soft">
            {part.area.name} · {t('aid.giving.days', { days: part.days })}
          </small>
        </span>
        <span className="row">
          {part.waits === 'not_received' && (
            <State tone="late">{t('aid.giving.notReceived')}</State>
          )}
          {holds(session, 'award.visit') && (
            <Button
              expanded={open}
              label={`${label} ${part.maskedName} ${part.programmeName}`}
              onPress={() => setOpen(!open)}
            >
              {label}
            </Button>
          )}
        </span>
      </div>
      {open && kind === 'to_do' && <DoneForm part={part} />}
      {open && kind === 'unconfirmed' && <ConfirmForm part={part} />}
    </li>
  );
}

function DoneForm({ part }: { part: WaitingPart }) {
  const { t } = useTranslation('console');
  const [note, setNote] = useState('');
  const send = useSend(routes.award.doPart);
  return (
    <Form
      scope={part.id}
      call={send}
      onSend={() =>
        send.run({ params: { periodId: part.id }, body: { note } }, () =>
          say(t('aid.giving.doneSaved')),
        )
      }
      send={t('aid.giving.done')}
    >
      <TextField name="note" label={t('aid.giving.doneNote')} value={note} onChange={setNote} />
    </Form>
  );
}

const ways = ['call_back', 'paper_slip'] as const;

function ConfirmForm({ part }: { part: WaitingPart }) {
  const { t } = useTranslation('console');
  const [way, setWay] = useState<(typeof ways)[number]>('call_back');
  const [words, setWords] = useState('');
  const [photos, setPhotos] = useState<string[]>([]);
  const send = useSend(routes.award.confirmFor);
  const checks = useChecks();
  const filled = useFilled();
  const submit = () => {
    const isSlip = way === 'paper_slip';
    const fine = checks.pass({
      words: filled(words, t('aid.giving.words')),
      attachmentId: isSlip && photos.length === 0 && t('aid.notices.photoNeeded'),
    });
    if (!fine) return;
    const body = { way, words, attachmentId: isSlip ? photos[0]! : null };
    send.run({ params: { periodId: part.id }, body }, () => say(t('aid.giving.confirmSaved')));
  };
  return (
    <Form
      scope={part.id}
      call={send}
      errors={checks.errors}
      onSend={submit}
      send={t('aid.giving.confirmSend')}
    >
      <RadioGroup
        name="way"
        label={t('aid.giving.way')}
        value={way}
        onChange={(picked) => setWay(oneOf(ways, picked) ?? 'call_back')}
        options={ways.map((one) => ({ value: one, label: t(`aid.confirmWay.${one}`) }))}
      />
      <TextField name="words" label={t('aid.giving.words')} value={words} onChange={setWords} />
      {way === 'paper_slip' && (
        <PhotoField
          name="attachmentId"
          label={t('aid.giving.photo')}
          most={1}
          value={photos}
          onChange={setPhotos}
        />
      )}
    </Form>
  );
}
