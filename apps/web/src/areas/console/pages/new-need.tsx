import { type RouteOutput, routes } from '@wennuan/contract';
import { useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteWhen } from '../../../shared/api/query.ts';
import { useDraft } from '../../../shared/draft.ts';
import type { Values } from '../../../shared/values.ts';
import { useSession } from '../../../shared/session/session.ts';
import {
  Button,
  ButtonLink,
  dateWords,
  Form,
  newFormId,
  Notice,
  Page,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { emptyNeed, HowFields, type NewNeed, WhatFields } from '../parts/need-fields.tsx';
import { PersonPicker } from '../parts/person-picker.tsx';
import { useSend } from '../parts/send.ts';

type Filed = RouteOutput<typeof routes.need.file>;

/** A worker registers a need at the door or the counter, without network if it must be. */
export function NewNeedPage() {
  const { t } = useTranslation('console');
  const draft = useDraft('desk:need', emptyNeed);
  const [filed, setFiled] = useState<Filed | null>(null);
  usePersonOfAddress(draft.value.person === null, draft.update);
  if (filed) return <FiledPage filed={filed} onAgain={() => setFiled(null)} />;
  return (
    <Page title={t('need.fresh.title')} lead={t('need.fresh.lead')}>
      {draft.restored && (
        <Notice tone="running">
          <p className="row-between">
            {t('need.fresh.restored')}
            <Button kind="quiet" onPress={draft.clear}>
              {t('need.fresh.startOver')}
            </Button>
          </p>
        </Notice>
      )}
      <section className="panel">
        <h2>{t('need.fresh.who')}</h2>
        <PersonPicker
          value={draft.value.person}
          onChange={(person) => draft.update({ person, formId: newFormId() })}
        />
      </section>
      {draft.value.person && (
        <NeedForm
          {...draft}
          onFiled={(answer) => {
            draft.clear();
            setFiled(answer);
          }}
        />
      )}
    </Page>
  );
}

/** Chooses the person whose file the worker came from. */
function usePersonOfAddress(missing: boolean, update: (change: Partial<NewNeed>) => void) {
  const { personId } = useSearch({ from: '/desk/needs/new' });
  const file = useRouteWhen(personId !== undefined, routes.resident.readPerson, {
    params: { personId: personId ?? '' },
  }).data;
  useEffect(() => {
    if (file && missing)
      update({
        person: {
          id: file.id,
          maskedName: file.maskedName,
          bornYear: file.bornYear,
          area: file.area,
        },
        formId: newFormId(),
      });
    // Only when the file arrives: a person chosen later stays chosen.
  }, [file?.id]);
}

interface NeedFormProps extends Values<NewNeed> {
  onFiled: (filed: Filed) => void;
}

function NeedForm({ onFiled, ...form }: NeedFormProps) {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { value } = form;
  const file = useSend(routes.need.file);
  const checks = useChecks();
  const filled = useFilled();
  const own = session?.area?.level === 'community' ? session.area.code : '';
  const home = value.person?.area.level === 'community' ? value.person.area.code : '';
  const areaCode = value.areaCode || own || home;
  function submit() {
    const { kind, consentForm, person } = value;
    const fine = checks.pass({
      kind: kind === '' && t('need.fresh.needKind'),
      title: filled(value.title, t('need.fresh.title_')),
      story: filled(value.story, t('need.fresh.story')),
      'acting.consentForm': consentForm === '' && t('need.fresh.needConsent'),
      'acting.consentNote':
        consentForm === 'not_possible' &&
        value.consentNote.trim() === '' &&
        t('need.fresh.consentNoteNeeded'),
      areaCode: filled(areaCode, t('need.fresh.area')),
    });
    if (!fine || !person || kind === '' || consentForm === '') return;
    const body = {
      kind,
      title: value.title,
      story: value.story,
      amountYuan: value.amountYuan.trim() || null,
      areaCode,
      contactTelephone: value.contactTelephone.trim() || null,
      attachmentIds: [...value.attachmentIds],
      acting: {
        relation: value.relation,
        personId: person.id,
        personName: person.maskedName,
        consentForm,
        consentNote: value.consentNote,
      },
      formId: value.formId,
    };
    file.run({ body }, onFiled);
  }
  return (
    <Form onSend={submit} errors={checks.errors} call={file}>
      <WhatFields {...form} />
      <HowFields {...form} areaCode={areaCode} />
      <div className="form-actions">
        <Button type="submit" kind="primary" busy={file.busy} wide>
          {t('need.fresh.send')}
        </Button>
      </div>
    </Form>
  );
}

function FiledPage({ filed, onAgain }: { filed: Filed; onAgain: () => void }) {
  const { t, i18n } = useTranslation('console');
  const params = { needId: filed.id };
  return (
    <Page title={t('need.fresh.done')}>
      <Notice tone="done" title={filed.number}>
        <p>
          {t('need.fresh.doneBody', {
            number: filed.number,
            by: dateWords(filed.answerBy, i18n.language),
          })}
        </p>
      </Notice>
      <div className="form-actions">
        <ButtonLink kind="primary" to="/desk/needs/$needId/slip" params={params}>
          {t('need.fresh.print')}
        </ButtonLink>
        <ButtonLink to="/desk/needs/$needId" params={params}>
          {t('need.fresh.openRecord')}
        </ButtonLink>
        <Button onPress={onAgain}>{t('need.fresh.again')}</Button>
      </div>
    </Page>
  );
}
