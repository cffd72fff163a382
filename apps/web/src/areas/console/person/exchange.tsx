import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRoute } from '../../../shared/api/query.ts';
import { useBoth } from '../../../shared/program/words.ts';
import { DateText, Form, Loaded, Select, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import type { PersonFile } from '../parts/codes.ts';
import { useSend } from '../parts/send.ts';
import { FactList } from './facts.tsx';

type Answer = RouteOutput<typeof routes.purpose.ask>;

/** A department's officer asks what others say of a person of her rosters, for one of its purposes. */
export function AskExchange({ personId }: { personId: string }) {
  const { t } = useTranslation('console');
  const purposes = useRoute(routes.purpose.list);
  return (
    <section className="panel">
      <h2>{t('purposes.ask')}</h2>
      <p className="soft">{t('purposes.askLead')}</p>
      <Loaded query={purposes} lines={2}>
        {({ items }) => {
          const valid = items.filter((one) => one.isValid);
          return valid.length === 0 ? (
            <p>{t('purposes.askNone')}</p>
          ) : (
            <AskForm personId={personId} purposes={valid} />
          );
        }}
      </Loaded>
    </section>
  );
}

interface AskFormProps {
  personId: string;
  purposes: RouteOutput<typeof routes.purpose.list>['items'];
}

function AskForm({ personId, purposes }: AskFormProps) {
  const { t } = useTranslation('console');
  const [purposeId, setPurposeId] = useState(purposes[0]!.id);
  const [reason, setReason] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const ask = useSend(routes.purpose.ask);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (checks.pass({ reason: filled(reason, t('purposes.askReason')) }))
      ask.run({ body: { purposeId, personId, reason } }, setAnswer);
  }
  return (
    <>
      <Form
        scope="ask"
        onSend={send}
        errors={checks.errors}
        call={ask}
        send={t('purposes.askSend')}
      >
        <Select
          name="purposeId"
          label={t('purposes.askPurpose')}
          value={purposeId}
          onChange={setPurposeId}
          options={purposes.map((one) => ({ value: one.id, label: one.purpose }))}
        />
        <TextField
          name="reason"
          label={t('purposes.askReason')}
          value={reason}
          onChange={setReason}
        />
      </Form>
      {answer && (
        <div role="status" className="stack-tight">
          <h3>{t('purposes.answered')}</h3>
          {answer.facts.length === 0 && <p>{t('purposes.answeredEmpty')}</p>}
          <FactList personId={personId} facts={answer.facts} />
        </div>
      )}
    </>
  );
}

/** Which departments asked about her, for what, on what legal basis. */
export function Exchanges({ file }: { file: PersonFile }) {
  const { t } = useTranslation('console');
  const both = useBoth();
  return (
    <section className="panel">
      <h2>{t('person.exchanges')}</h2>
      {file.exchanges.length === 0 && <p className="soft">{t('person.exchangesEmpty')}</p>}
      <ul className="list">
        {file.exchanges.map((one) => (
          <li key={one.id}>
            <span>
              {t('person.exchangeRow', { department: one.department ?? '', purpose: one.purpose })}
            </span>
            <span className="soft small">
              {t('person.exchangeBasis', {
                basis: one.legalBasis,
                fields: one.fields.map(both).join('、'),
              })}{' '}
              · {one.byName} · <DateText at={one.at} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
