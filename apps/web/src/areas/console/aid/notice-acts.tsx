import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  DateText,
  dateWords,
  Form,
  PhotoField,
  say,
  State,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { DecisionForm } from '../parts/decision.tsx';
import { useSend } from '../parts/send.ts';
import type { NoticeDetail } from './notice-sheet.tsx';
import { PanelForm } from '../parts/panel-form.tsx';

type Objection = NoticeDetail['objectionList'][number];

/** Up and down, each with a photo of the board. */
export function BoardActs({ notice }: { notice: NoticeDetail }) {
  const { t, i18n } = useTranslation('console');
  const post = useSend(routes.award.postNotice);
  const takeDown = useSend(routes.award.takeDownNotice);
  const [photos, setPhotos] = useState<string[]>([]);
  const checks = useChecks();
  if (!notice.mayPost && !notice.mayTakeDown)
    return notice.state === 'posted' && notice.dueAt ? (
      <p className="panel">
        {t('aid.notices.runs', { until: dateWords(notice.dueAt, i18n.language) })}
      </p>
    ) : null;
  const act = notice.mayPost ? post : takeDown;
  const send = () => {
    if (!checks.pass({ photos: photos.length === 0 && t('aid.notices.photoNeeded') })) return;
    const input = { params: { noticeId: notice.id }, body: { attachmentId: photos[0]! } };
    act.run(input, () => {
      setPhotos([]);
      say(t(notice.mayPost ? 'aid.notices.post' : 'aid.notices.taken'));
    });
  };
  return (
    <PanelForm
      onSend={send}
      errors={checks.errors}
      call={act}
      send={t(notice.mayPost ? 'aid.notices.post' : 'aid.notices.takeDown')}
    >
      <PhotoField
        name="photos"
        label={t(notice.mayPost ? 'aid.notices.postPhoto' : 'aid.notices.takeDownPhoto')}
        hint={t('aid.notices.photoHint')}
        most={1}
        value={photos}
        onChange={setPhotos}
      />
    </PanelForm>
  );
}

/** What was objected, for the street to answer; a worker sees only that there is something. */
export function Objections({ notice, mayAdd }: { notice: NoticeDetail; mayAdd: boolean }) {
  const { t } = useTranslation('console');
  if (notice.objectionList.length === 0 && !(mayAdd && notice.state === 'posted')) return null;
  return (
    <section className="panel">
      <h2>{t('aid.notices.objectionsTitle')}</h2>
      <ul className="tasks">
        {notice.objectionList.map((one) => (
          <ObjectionRow key={one.id} objection={one} />
        ))}
      </ul>
      {mayAdd && notice.state === 'posted' && <AddObjection noticeId={notice.id} />}
    </section>
  );
}

function ObjectionRow({ objection }: { objection: Objection }) {
  const { t } = useTranslation('console');
  const { t: shared } = useTranslation();
  const send = useSend(routes.award.decideObjection);
  const label = t('aid.notices.answer');
  const reasonNeeded = shared('field.empty', { label });
  const tone = { open: 'late', dismissed: 'done', upheld: 'quiet' } as const;
  return (
    <li className="card-row">
      <span className="row-between">
        <strong>
          {objection.place
            ? t('aid.notices.line', { place: objection.place })
            : t('aid.notices.whole')}
        </strong>
        <State tone={tone[objection.state]}>{t(`aid.objectionState.${objection.state}`)}</State>
      </span>
      <small className="soft">
        <DateText at={objection.at} />
      </small>
      <p className="pre">{objection.text || t('aid.notices.hidden')}</p>
      {objection.contact && <p>{objection.contact}</p>}
      {objection.answer && (
        <p className="pre">{t('aid.notices.answered', { answer: objection.answer })}</p>
      )}
      {objection.mayDecide && (
        <DecisionForm
          scope={objection.id}
          yes={{ word: 'dismiss', says: t('aid.notices.dismiss'), reasonNeeded }}
          no={{ word: 'uphold', says: t('aid.notices.uphold'), reasonNeeded }}
          note={{ name: 'answer', label, optional: false }}
          call={send}
          onDecide={(decision, answer) =>
            send.run({ params: { objectionId: objection.id }, body: { decision, answer } }, () =>
              say(t('aid.notices.decided')),
            )
          }
        />
      )}
    </li>
  );
}

const none = { place: '', text: '', contact: '' };

function AddObjection({ noticeId }: { noticeId: string }) {
  const { t } = useTranslation('console');
  const { value, setValue, field } = useValues(none);
  const send = useSend(routes.award.objectFor);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <details>
      <summary>{t('aid.notices.object')}</summary>
      <p className="soft">{t('aid.notices.objectLead')}</p>
      <Form
        scope="objection"
        call={send}
        errors={checks.errors}
        onSend={() => {
          if (!checks.pass({ text: filled(value.text, t('aid.notices.objectText')) })) return;
          const body = { ...value, place: Number(value.place) || null };
          send.run({ params: { noticeId }, body }, () => {
            setValue(none);
            say(t('aid.notices.objected'));
          });
        }}
        send={t('aid.notices.objectSend')}
        kind="secondary"
      >
        <TextField
          {...field('place')}
          inputMode="numeric"
          short
          label={t('aid.notices.objectPlace')}
        />
        <TextArea {...field('text')} label={t('aid.notices.objectText')} rows={2} most={2000} />
        <TextField {...field('contact')} label={t('aid.notices.objectContact')} />
      </Form>
    </details>
  );
}
