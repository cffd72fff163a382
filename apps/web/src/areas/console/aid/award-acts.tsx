import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, say, TextArea } from '../../../shared/ui/index.ts';
import type { AwardDetail } from '../parts/aid-codes.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { DecisionForm } from '../parts/decision.tsx';
import { useSend } from '../parts/send.ts';

type Act = AwardDetail['acts'][number];
/** Acts that need no reason: they are her own will, or a fact. */
const plain: readonly Act[] = ['decline', 'note_death'];
const dangerous: readonly Act[] = ['refuse', 'stop', 'note_death', 'refuse_elsewhere'];

/** What else may be done with an award, each with its reason, which she is told. */
export function AwardActs({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  const [chosen, setChosen] = useState<Act | null>(null);
  if (award.acts.length === 0) return null;
  return (
    <details className="panel">
      <summary>
        <h2>{t('aid.award.acts')}</h2>
      </summary>
      <div className="form-actions">
        {award.acts.map((act) => (
          <Button key={act} pressed={chosen === act} onPress={() => setChosen(act)}>
            {t(`aid.act.${act}`)}
          </Button>
        ))}
      </div>
      {chosen && award.acts.includes(chosen) && (
        <ActForm key={chosen} award={award} act={chosen} onDone={() => setChosen(null)} />
      )}
    </details>
  );
}

function ActForm({ award, act, onDone }: { award: AwardDetail; act: Act; onDone: () => void }) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const send = useSend(routes.award.act);
  const checks = useChecks();
  const filled = useFilled();
  const needsReason = !plain.includes(act);
  return (
    <Form
      scope="act"
      call={send}
      errors={checks.errors}
      onSend={() => {
        if (!checks.pass({ reason: needsReason && filled(reason, t('aid.award.actReason')) }))
          return;
        const body = { version: award.version, act, reason };
        send.run({ params: { awardId: award.id }, body }, () => {
          say(t('aid.award.actDone'));
          onDone();
        });
      }}
      send={t(`aid.act.${act}`)}
      kind={dangerous.includes(act) ? 'danger' : 'primary'}
    >
      <TextArea
        name="reason"
        label={t('aid.award.actReason')}
        optional={!needsReason}
        rows={2}
        most={2000}
        value={reason}
        onChange={setReason}
      />
    </Form>
  );
}

/** An appeal: what she says, and the answer of the level above; or a form to appeal for her. */
export function Appeal({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  if (!award.appeal && !award.mayAppealFor) return null;
  return (
    <section className="panel">
      <h2>{t('aid.award.appeal')}</h2>
      {award.appeal && <blockquote className="pre">{award.appeal.text}</blockquote>}
      {award.appeal?.answer && (
        <p className="pre">{t('aid.notices.answered', { answer: award.appeal.answer })}</p>
      )}
      {award.mayAppealFor && <AppealFor award={award} />}
      {award.mayDecideAppeal && <DecideAppeal award={award} />}
    </section>
  );
}

function AppealFor({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  const [text, setText] = useState('');
  const send = useSend(routes.award.appealFor);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <Form
      scope="appeal"
      call={send}
      errors={checks.errors}
      onSend={() => {
        if (checks.pass({ text: filled(text, t('aid.award.appealText')) }))
          send.run({ params: { awardId: award.id }, body: { text } }, () =>
            say(t('aid.award.appealSent')),
          );
      }}
      send={t('aid.award.appealFor')}
      kind="secondary"
    >
      <TextArea
        name="text"
        label={t('aid.award.appealText')}
        rows={2}
        most={2000}
        value={text}
        onChange={setText}
      />
    </Form>
  );
}

function DecideAppeal({ award }: { award: AwardDetail }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const send = useSend(routes.award.decideAppeal);
  const label = t('aid.award.appealAnswer');
  const reasonNeeded = shared('field.empty', { label });
  return (
    <DecisionForm
      scope="answer"
      yes={{ word: 'overturn', says: t('aid.award.overturn'), reasonNeeded }}
      no={{ word: 'uphold', says: t('aid.award.uphold'), reasonNeeded, kind: 'secondary' }}
      note={{ name: 'answer', label, optional: false }}
      call={send}
      onDecide={(decision, answer) =>
        send.run({ params: { awardId: award.id }, body: { decision, answer } }, () =>
          say(t('aid.award.appealDecided')),
        )
      }
    />
  );
}
