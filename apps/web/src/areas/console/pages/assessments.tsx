import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import {
  Listed,
  DateField,
  DateText,
  EmptyState,
  Form,
  Page,
  say,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';

/** The register of personal information impact assessments. */
export function AssessmentsPage() {
  const { t } = useTranslation('console');
  const query = useList(routes.resident.impactAssessments);
  return (
    <Page title={t('assessments.title')} lead={t('assessments.lead')}>
      <AssessmentForm />
      <Listed
        list={query}
        empty={
          <EmptyState title={t('assessments.emptyTitle')}>
            <p>{t('assessments.emptyBody')}</p>
          </EmptyState>
        }
      >
        {(items) => (
          <ul className="tasks" aria-label={t('assessments.list')}>
            {items.map((one) => (
              <li key={one.id} className="card-row">
                <span className="row-between">
                  <strong>{one.title}</strong>
                  <span className="soft small">
                    {t('assessments.assessedOn')} <DateText at={one.assessedOn} /> ·{' '}
                    {t('assessments.keepUntil')} <DateText at={one.keepUntil} />
                  </span>
                </span>
                <p className="pre">{one.conclusion}</p>
              </li>
            ))}
          </ul>
        )}
      </Listed>
    </Page>
  );
}

function AssessmentForm() {
  const { t } = useTranslation('console');
  const [title, setTitle] = useState('');
  const [assessedOn, setAssessedOn] = useState(today);
  const [conclusion, setConclusion] = useState('');
  const add = useSend(routes.resident.addImpactAssessment);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      title: filled(title, t('assessments.name')),
      conclusion: filled(conclusion, t('assessments.conclusion')),
    });
    if (!fine) return;
    add.run({ body: { title, assessedOn, conclusion } }, () => {
      setTitle('');
      setConclusion('');
      say(t('assessments.added'));
    });
  }
  return (
    <section className="panel">
      <h2>{t('assessments.add')}</h2>
      <Form onSend={send} errors={checks.errors} call={add} send={t('assessments.send')}>
        <div className="field-row">
          <TextField name="title" label={t('assessments.name')} value={title} onChange={setTitle} />
          <DateField
            name="assessedOn"
            label={t('assessments.assessedOn')}
            max={today()}
            value={assessedOn}
            onChange={setAssessedOn}
          />
        </div>
        <TextArea
          name="conclusion"
          label={t('assessments.conclusion')}
          rows={3}
          most={2000}
          value={conclusion}
          onChange={setConclusion}
        />
      </Form>
    </section>
  );
}
