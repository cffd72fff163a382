import { routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useRoute } from '../../../shared/api/query.ts';
import {
  DateText,
  Facts,
  Form,
  Loaded,
  Notice,
  Page,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { CodeForm } from '../parts/code-form.tsx';

/** An objection to a paper notice, by the code that is printed on it; no name is needed. */
export function ObjectionsPage() {
  const { t } = useTranslation('public');
  const { code } = useSearch({ from: '/public/objections' });
  const navigate = useNavigate();
  return (
    <Page
      title={t('objections.title')}
      description={t('objections.description')}
      lead={t('objections.lead')}
    >
      <CodeForm
        action="/objections"
        label={t('objections.code')}
        hint={t('objections.codeHint')}
        look={t('objections.look')}
        code={code ?? ''}
        onLook={(wanted) =>
          void navigate({ to: '/objections', search: { code: wanted.toUpperCase() } })
        }
      />
      {code && <NoticeOf key={code} code={code} />}
    </Page>
  );
}

function NoticeOf({ code }: { code: string }) {
  const { t } = useTranslation('public');
  const query = useRoute(routes.award.publicNotice, { params: { code } });
  return (
    <Loaded query={query}>
      {(notice) => (
        <section className="stack">
          <Facts
            rows={[
              [t('objections.what'), `${notice.programme.name} ${notice.period}`],
              [t('objections.community'), notice.area.name],
              ...(notice.until
                ? [[t('objections.until'), <DateText at={notice.until} />] as const]
                : []),
            ]}
          />
          {notice.isOpen ? (
            <ObjectionForm code={code} />
          ) : (
            <Notice tone="warned" title={t('objections.over')} />
          )}
        </section>
      )}
    </Loaded>
  );
}

const empty = { place: '', text: '', contact: '' };

function ObjectionForm({ code }: { code: string }) {
  const { t } = useTranslation('public');
  const { t: shared } = useTranslation();
  const { value, field } = useValues(empty);
  const [wrong, setWrong] = useState<Record<string, string>>({});
  const [sent, setSent] = useState(false);
  const call = useCall(routes.award.objectPublic);
  async function send() {
    if (value.text.trim() === '') {
      setWrong({ text: shared('field.empty', { label: t('objections.text') }) });
      return;
    }
    const body = { ...value, place: Number(value.place) || null };
    if (await call.send({ params: { code }, body }).catch(() => null)) setSent(true);
  }
  if (sent)
    return (
      <div role="status">
        <Notice tone="done" title={t('objections.sentTitle')}>
          <p>{t('objections.sentBody')}</p>
        </Notice>
      </div>
    );
  return (
    <Form
      scope="objection"
      onSend={() => void send()}
      errors={wrong}
      call={call}
      send={t('objections.send')}
    >
      <TextField {...field('place')} inputMode="numeric" short label={t('objections.place')} />
      <TextArea {...field('text')} label={t('objections.text')} rows={3} most={2000} />
      <TextField
        {...field('contact')}
        label={t('objections.contact')}
        hint={t('objections.contactHint')}
      />
    </Form>
  );
}
