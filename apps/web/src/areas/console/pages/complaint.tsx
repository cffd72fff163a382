import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import {
  Checkbox,
  DateText,
  Facts,
  Form,
  Loaded,
  Page,
  RadioGroup,
  say,
  TextArea,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

type Complaint = RouteOutput<typeof routes.complaint.readComplaint>;

/** One complaint: its words, and the answer with what is done about it. */
export function ComplaintPage() {
  const { t } = useTranslation('console');
  const { complaintId } = useParams({ from: '/desk/complaints/$complaintId' });
  const query = useRoute(routes.complaint.readComplaint, { params: { complaintId } });
  return (
    <Page
      title={query.data ? `${query.data.number} ${query.data.subjectName}` : t('complaints.title')}
    >
      <Loaded query={query}>
        {(complaint) => (
          <>
            <section className="panel">
              <ComplaintFacts complaint={complaint} />
            </section>
            {complaint.state === 'open' && <Answer complaint={complaint} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function ComplaintFacts({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation('console');
  return (
    <Facts
      rows={[
        [t('complaints.askedAt'), <DateText at={complaint.askedAt} />],
        [t('complaints.answerBy'), <DateText at={complaint.answerBy} />],
        ...(complaint.subject.kind === 'page' && complaint.subject.code
          ? [
              [
                t('complaints.page'),
                <a href={complaint.subject.code}>{complaint.subject.code}</a>,
              ] as const,
            ]
          : []),
        [t('complaints.text'), <span className="pre">{complaint.text}</span>],
        [t('complaints.contact'), complaint.contact ?? t('complaints.anonymous')],
        ...(complaint.answer
          ? [
              [t('complaints.answer'), <span className="pre">{complaint.answer}</span>] as const,
              [
                t('complaints.shown'),
                t(complaint.isPublic ? 'complaints.public' : 'complaints.private'),
              ] as const,
              [t('complaints.act'), t(`complaints.acts.${complaint.act ?? 'none'}`)] as const,
            ]
          : []),
      ]}
    />
  );
}

const acts = ['none', 'pause', 'take_down', 'resume'] as const;
const empty = { answer: '', shown: '', act: 'none', tellDonors: false };

function Answer({ complaint }: { complaint: Complaint }) {
  const { t } = useTranslation('console');
  const draft = useDraft(`desk:complaint:${complaint.id}`, empty);
  const send = useSend(routes.complaint.answerComplaint);
  const checks = useChecks();
  const filled = useFilled();
  const { answer, shown, act, tellDonors } = draft.value;
  const offered = acts.filter(
    (one) =>
      one === 'none' ||
      (complaint.campaignPaused !== null && (one === 'resume') === complaint.campaignPaused),
  );
  function run() {
    const fine = checks.pass({
      answer: filled(answer, t('complaints.answer')),
      shown: filled(shown, t('complaints.shown')),
    });
    if (!fine) return;
    const body = {
      answer,
      isPublic: shown === 'public',
      act: acts.find((one) => one === act) ?? 'none',
      tellDonors,
    };
    send.run({ params: { complaintId: complaint.id }, body }, () => {
      draft.clear();
      say(t('complaints.answered'));
    });
  }
  return (
    <Form
      scope="answer"
      errors={checks.errors}
      call={send}
      onSend={run}
      send={t('complaints.send')}
    >
      <TextArea
        name="answer"
        label={t('complaints.answer')}
        hint={t('complaints.answerHint')}
        most={2_000}
        value={answer}
        onChange={(text) => draft.update({ answer: text })}
      />
      <RadioGroup
        name="shown"
        label={t('complaints.shown')}
        value={shown}
        onChange={(picked) => draft.update({ shown: picked })}
        options={[
          { value: 'public', label: t('complaints.public') },
          { value: 'private', label: t('complaints.private') },
        ]}
      />
      {offered.length > 1 && (
        <>
          <RadioGroup
            name="act"
            label={t('complaints.act')}
            value={act}
            onChange={(picked) => draft.update({ act: picked })}
            options={offered.map((one) => ({ value: one, label: t(`complaints.acts.${one}`) }))}
          />
          {act !== 'none' && (
            <Checkbox
              name="tellDonors"
              label={t('complaints.tellDonors')}
              checked={tellDonors}
              onChange={(checked) => draft.update({ tellDonors: checked })}
            />
          )}
        </>
      )}
    </Form>
  );
}
