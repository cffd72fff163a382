import { routes } from '@wennuan/contract';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import {
  Button,
  DateText,
  Form,
  newFormId,
  Notice,
  RadioGroup,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useFederation } from './words.ts';

export interface ComplaintSubject {
  kind: 'campaign' | 'fund' | 'page' | 'charity';
  code: string | null;
}

const empty = { route: 'federation', text: '', contact: '' };

interface ComplaintFormProps {
  subject: ComplaintSubject;
  onGiven: (given: { number: string; code: string }) => void;
}

/** Says what is wrong, with or without a name; the number and code to follow it are shown once. */
export function ComplaintForm({ subject, onGiven }: ComplaintFormProps) {
  const { t } = useTranslation('public');
  const federation = useFederation();
  const draft = useDraft('complaint', empty);
  const complain = useCall(routes.complaint.complain);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const form = useRef(newFormId());
  const { route, text, contact } = draft.value;
  async function send() {
    const missing = text.trim().length < 5;
    setErrors(missing ? { text: t('complaint.textMissing') } : {});
    if (missing) return;
    const given = await complain.send({
      body: {
        route: route === 'civil_affairs' ? 'civil_affairs' : 'federation',
        subject,
        text,
        contact: contact.trim() || null,
        formId: form.current,
      },
    });
    form.current = newFormId();
    draft.clear();
    onGiven(given);
  }
  if (complain.done) return <Given given={complain.done} />;
  return (
    <Form
      scope="complaint"
      errors={errors}
      call={complain}
      onSend={() => void send().catch(() => undefined)}
    >
      {subject.code && <p>{t('complaint.about', { what: subject.code })}</p>}
      <RadioGroup
        name="route"
        label={t('complaint.route')}
        value={route}
        onChange={(value) => draft.update({ route: value })}
        options={[
          {
            value: 'federation',
            label: t('complaint.routes.federation'),
            hint: t('complaint.routeHint.federation', { federation }),
          },
          {
            value: 'civil_affairs',
            label: t('complaint.routes.civil_affairs'),
            hint: t('complaint.routeHint.civil_affairs', { federation }),
          },
        ]}
      />
      <TextArea
        name="text"
        label={t('complaint.text')}
        hint={t('complaint.textHint')}
        most={2_000}
        value={text}
        onChange={(value) => draft.update({ text: value })}
      />
      <TextField
        name="contact"
        label={t('complaint.contact')}
        hint={t('complaint.contactHint')}
        optional
        maxLength={60}
        value={contact}
        onChange={(value) => draft.update({ contact: value })}
      />
      <p>
        <Button kind="primary" type="submit" busy={complain.busy}>
          {t('complaint.send')}
        </Button>
      </p>
    </Form>
  );
}

function Given({ given }: { given: { number: string; code: string; answerBy: string } }) {
  const { t } = useTranslation('public');
  return (
    <div role="status">
      <Notice tone="done" title={t('complaint.taken')}>
        <p>
          {t('complaint.number')} <strong className="number">{given.number}</strong>
        </p>
        <p>
          {t('complaint.code')} <strong className="number">{given.code}</strong>
        </p>
        <p>
          {t('complaint.answerBy')} <DateText at={given.answerBy} />
        </p>
        <p>{t('complaint.keep')}</p>
      </Notice>
    </div>
  );
}
