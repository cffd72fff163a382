import { addDays } from '@wennuan/basics';
import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../shared/api/query.ts';
import {
  Listed,
  Button,
  DateField,
  dateWords,
  EmptyState,
  Form,
  Page,
  say,
  TextField,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { today } from '../parts/instants.ts';
import { useSend } from '../parts/send.ts';

const MOST_DAYS = 90;

/** Who may act in one's role, and until when. */
export function DeputiesPage() {
  const { t, i18n } = useTranslation('console');
  const query = useList(routes.session.deputies);
  const end = useSend(routes.session.endDeputy);
  return (
    <Page title={t('deputies.title')} lead={t('deputies.lead')}>
      <DeputyForm />
      <section className="panel">
        <h2>{t('deputies.list')}</h2>
        <Listed
          list={query}
          empty={
            <EmptyState title={t('deputies.emptyTitle')}>
              <p>{t('deputies.emptyBody')}</p>
            </EmptyState>
          }
        >
          {(items) => (
            <ul className="list">
              {items.map((deputy) => (
                <li key={deputy.id}>
                  {t('deputies.row', {
                    name: deputy.displayName,
                    until: dateWords(deputy.until, i18n.language, false),
                  })}
                  <Button
                    busy={end.busy}
                    label={t('deputies.endLabel', { name: deputy.displayName })}
                    onPress={() =>
                      end.run({ params: { deputyId: deputy.id } }, () => say(t('deputies.ended')))
                    }
                  >
                    {t('deputies.end')}
                  </Button>
                </li>
              ))}
            </ul>
          )}
        </Listed>
      </section>
    </Page>
  );
}

function DeputyForm() {
  const { t } = useTranslation('console');
  const [accountName, setAccountName] = useState('');
  const [until, setUntil] = useState('');
  const add = useSend(routes.session.addDeputy);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    const fine = checks.pass({
      accountName: filled(accountName, t('deputies.accountName')),
      until: filled(until, t('deputies.until')),
    });
    if (!fine) return;
    add.run({ body: { accountName, until } }, () => {
      setAccountName('');
      say(t('deputies.added'));
    });
  }
  return (
    <section className="panel">
      <h2>{t('deputies.add')}</h2>
      <Form onSend={send} errors={checks.errors} call={add} send={t('deputies.add')}>
        <div className="field-row">
          <TextField
            name="accountName"
            label={t('deputies.accountName')}
            value={accountName}
            onChange={setAccountName}
          />
          <DateField
            name="until"
            label={t('deputies.until')}
            hint={t('deputies.untilHint')}
            min={addDays(today(), 1)}
            max={addDays(today(), MOST_DAYS)}
            value={until}
            onChange={setUntil}
          />
        </div>
      </Form>
    </section>
  );
}
