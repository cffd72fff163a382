import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDraft } from '../../../shared/draft.ts';
import {
  Button,
  DateField,
  Form,
  RadioGroup,
  RefusalNotice,
  say,
  Select,
  State,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { oneOf } from '../routes.root.tsx';
import { useChecks, useFilled } from './checks.ts';
import { type PersonFile, visitPurposes } from './codes.ts';
import { instantOf, nowAsTyped } from './instants.ts';
import { useSend } from './send.ts';

const emptyVisit = {
  purpose: 'care_check' as (typeof visitPurposes)[number],
  visitedAt: '',
  note: '',
};

/** Notes a home visit; what is typed is kept until it is saved. */
export function VisitForm({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const draft = useDraft(`desk:visit:${personId}`, emptyVisit);
  const visit = useSend(routes.resident.recordVisit);
  const checks = useChecks();
  const filled = useFilled();
  const visitedAt = draft.value.visitedAt || nowAsTyped();
  const { purpose, note } = draft.value;
  function send() {
    if (!checks.pass({ note: filled(note, t('file.visitNote')) })) return;
    const body = { personId, purpose, visitedAt: instantOf(visitedAt), note };
    visit.run({ body }, () => {
      draft.clear();
      say(t('file.visitDone'));
    });
  }
  return (
    <details open={draft.restored}>
      <summary className="button button-secondary">{t('file.visitAdd')}</summary>
      <Form onSend={send} errors={checks.errors} call={visit} send={t('file.visitSend')}>
        {draft.restored && <p className="soft">{t('file.visitDraft')}</p>}
        <div className="field-row">
          <Select
            name="purpose"
            label={t('file.visitPurpose')}
            value={purpose}
            onChange={(picked) =>
              draft.update({ purpose: oneOf(visitPurposes, picked) ?? 'care_check' })
            }
            options={visitPurposes.map((one) => ({ value: one, label: t(`codes.visit.${one}`) }))}
          />
          <DateField
            name="visitedAt"
            type="datetime-local"
            label={t('file.visitedAt')}
            value={visitedAt}
            onChange={(at) => draft.update({ visitedAt: at })}
          />
        </div>
        <TextArea
          name="note"
          label={t('file.visitNote')}
          hint={t('file.visitNoteHint')}
          rows={3}
          most={2000}
          value={note}
          onChange={(text) => draft.update({ note: text })}
        />
      </Form>
    </details>
  );
}

/** Binds a telephone's account to the person, after meeting her or checking her card. */
export function Binding({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const [telephone, setTelephone] = useState('');
  const [method, setMethod] = useState<'' | 'face_to_face' | 'id_check'>('');
  const bind = useSend(routes.resident.bindAccount);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      telephone: filled(telephone, t('file.bindTelephone')),
      method: filled(method, t('file.bindMethod')),
    });
    if (!fine || method === '') return;
    bind.run({ params: { personId: file.id }, body: { telephone, method } }, () =>
      say(t('file.bindDone')),
    );
  }
  return (
    <section className="panel">
      <h2>{t('file.bind')}</h2>
      {file.hasAccount ? (
        <>
          <p>
            <State tone="done">{t('persons.bound')}</State> {t('file.isBound')}
          </p>
          <Unbinding personId={file.id} />
        </>
      ) : (
        <Form
          onSend={send}
          errors={checks.errors}
          call={bind}
          send={t('file.bindSend')}
          kind="secondary"
        >
          <p className="soft">{t('file.bindLead')}</p>
          <TextField
            name="telephone"
            type="tel"
            inputMode="tel"
            label={t('file.bindTelephone')}
            value={telephone}
            onChange={setTelephone}
          />
          <div className="choices-row">
            <RadioGroup
              name="method"
              label={t('file.bindMethod')}
              value={method}
              onChange={(picked) =>
                setMethod(oneOf(['face_to_face', 'id_check'] as const, picked) ?? '')
              }
              options={[
                { value: 'face_to_face', label: t('file.faceToFace') },
                { value: 'id_check', label: t('file.idCheck') },
              ]}
            />
          </div>
        </Form>
      )}
    </section>
  );
}

/** Ends a binding: a lost or changed number, a mistake. */
function Unbinding({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const unbind = useSend(routes.resident.unbindAccount);
  return (
    <>
      {unbind.refusal && <RefusalNotice refusal={unbind.refusal} />}
      <p>
        <Button
          kind="danger"
          busy={unbind.busy}
          onPress={() => unbind.run({ params: { personId } }, () => say(t('file.unbound')))}
        >
          {t('file.unbind')}
        </Button>
      </p>
    </>
  );
}

/** Declares that the person is one's relative, so that others verify and approve. */
export function Relative({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const [relation, setRelation] = useState('');
  const declare = useSend(routes.resident.declareRelative);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <details className="panel">
      <summary>
        <h2>{t('file.relative')}</h2>
      </summary>
      <Form
        call={declare}
        errors={checks.errors}
        onSend={() => {
          if (checks.pass({ relation: filled(relation, t('file.relation')) }))
            declare.run({ body: { personId, relation } }, () => say(t('file.relativeDone')));
        }}
        send={t('file.relativeSend')}
        kind="secondary"
      >
        <p className="soft">{t('file.relativeLead')}</p>
        <TextField
          name="relation"
          label={t('file.relation')}
          short
          value={relation}
          onChange={setRelation}
        />
      </Form>
    </details>
  );
}
