import { type RouteOutput, routes } from '@wennuan/contract';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import {
  Button,
  DateText,
  Facts,
  Form,
  Loaded,
  Page,
  RefusalNotice,
  say,
  TextArea,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { useSend } from '../parts/send.ts';

const empty = { answer: '' };

/** What somebody asks about her own data, and the answer. */
export function RequestPage() {
  const { t } = useTranslation('console');
  const { requestId } = useParams({ from: '/desk/data-requests/$requestId' });
  const query = useRoute(routes.resident.readRequest, { params: { requestId } });
  return (
    <Page title={t('request.title')} lead={t('request.lead')}>
      <Loaded query={query}>
        {(request) => (
          <>
            <section className="panel">
              <RequestFacts request={request} />
            </section>
            {request.answer === null && request.kind === 'delete' && (
              <Erase requestId={requestId} />
            )}
            {request.answer === null && <Answer requestId={requestId} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}

function RequestFacts({ request }: { request: RouteOutput<typeof routes.resident.readRequest> }) {
  const { t } = useTranslation('console');
  return (
    <Facts
      rows={[
        [t('request.kind'), t(`request.kinds.${request.kind}`)],
        [t('request.askedAt'), <DateText at={request.askedAt} />],
        [t('request.answerBy'), <DateText at={request.answerBy} />],
        [t('request.text'), <span className="pre">{request.text}</span>],
        ...(request.answer === null
          ? []
          : [[t('request.answer'), <span className="pre">{request.answer}</span>] as const]),
      ]}
    />
  );
}

/** Grants a request to delete: what can go goes, and the answer says what stays with whom. */
function Erase({ requestId }: { requestId: string }) {
  const { t } = useTranslation('console');
  const erase = useSend(routes.file.erase);
  return (
    <section className="panel">
      <h2>{t('erase.title')}</h2>
      <p>{t('erase.lead')}</p>
      {erase.refusal && <RefusalNotice refusal={erase.refusal} />}
      <p>
        <Button
          kind="danger"
          busy={erase.busy}
          onPress={() => erase.run({ params: { requestId } }, () => say(t('erase.done')))}
        >
          {t('erase.send')}
        </Button>
      </p>
    </section>
  );
}

function Answer({ requestId }: { requestId: string }) {
  const { t } = useTranslation('console');
  const draft = useDraft(`desk:request:${requestId}`, empty);
  const send = useSend(routes.resident.answerRequest);
  const checks = useChecks();
  const filled = useFilled();
  const { answer } = draft.value;
  return (
    <Form
      call={send}
      errors={checks.errors}
      onSend={() => {
        if (checks.pass({ answer: filled(answer, t('request.answer')) }))
          send.run({ params: { requestId }, body: { answer } }, () => {
            draft.clear();
            say(t('request.sent'));
          });
      }}
      send={t('request.send')}
    >
      <TextArea
        name="answer"
        label={t('request.answer')}
        hint={t('request.answerHint')}
        most={2000}
        value={answer}
        onChange={(text) => draft.update({ answer: text })}
      />
    </Form>
  );
}
