import { type RouteOutput, routes } from '@wennuan/contract';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePages } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import {
  Button,
  DateField,
  dateWords,
  Dialog,
  Form,
  monthWords,
  Page,
  say,
  Select,
  State,
  TextField,
  type Tone,
} from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from '../parts/checks.ts';
import { dateColumn, drawnColumn, wordColumn } from '../parts/columns.tsx';
import { today } from '../parts/instants.ts';
import { ListTable } from '../parts/list-table.tsx';
import { useSend } from '../parts/send.ts';

export type Duty = RouteOutput<typeof routes.disclosure.duties>['items'][number];

export const dutyTones: Record<Duty['state'], Tone> = {
  upcoming: 'quiet',
  due: 'running',
  overdue: 'late',
  done: 'done',
  done_late: 'warned',
  void: 'quiet',
};
const noted = ['related_party', 'partner_assessment', 'remainder'] as const;

/** Duties of disclosure with their clocks; what no figure shows is noted here. */
export function DisclosuresPage() {
  const { t } = useTranslation('console');
  const { session } = useSession();
  const { all } = useSearch({ from: '/desk/disclosures' });
  const navigate = useNavigate();
  const list = usePages(routes.disclosure.duties, {
    query: { limit: 100, ...(all !== 'true' && { open: true }) },
  });
  const [adding, setAdding] = useState(false);
  return (
    <Page title={t('disclosures.title')} lead={t('disclosures.lead')} width="wide">
      <div className="filters">
        <Select
          name="all"
          label={t('disclosures.which')}
          value={all === 'true' ? 'true' : 'false'}
          onChange={(picked) =>
            void navigate({
              to: '/desk/disclosures',
              search: picked === 'true' ? { all: 'true' } : {},
              replace: true,
            })
          }
          options={[
            { value: 'false', label: t('disclosures.openOnes') },
            { value: 'true', label: t('disclosures.allOnes') },
          ]}
        />
        {holds(session, 'disclosure.write') && (
          <Button onPress={() => setAdding(true)}>{t('disclosures.add')}</Button>
        )}
      </div>
      <ListTable
        label={t('disclosures.title')}
        list={list}
        columns={useColumns()}
        rowKey={(duty) => duty.id}
        onOpen={(duty) =>
          void navigate({ to: '/desk/disclosures/$dutyId', params: { dutyId: duty.id } })
        }
        empty={[t('disclosures.emptyTitle'), t('disclosures.emptyBody')]}
      />
      {adding && <AddDuty onClose={() => setAdding(false)} />}
    </Page>
  );
}

/** What a duty is about: a month, a year, or a day; else what the registry calls it. Nothing when it is only its own deadline. */
export function periodWords({ period, dueOn }: Duty, language: string): string | null {
  if (period === dueOn) return null;
  return /^\d{4}-\d{2}-\d{2}$/.test(period)
    ? dateWords(period, language)
    : monthWords(period, language);
}

function useColumns() {
  const { t, i18n } = useTranslation('console');
  return [
    drawnColumn<Duty>('title', t('disclosures.what'), {
      words: (one) => one.title,
      draw: (one) => <a href={`/desk/disclosures/${one.id}`}>{one.title}</a>,
    }),
    wordColumn<Duty>('subject', t('disclosures.subject'), (one) => one.subject.name),
    wordColumn<Duty>('period', t('disclosures.period'), (one) => periodWords(one, i18n.language)),
    dateColumn<Duty>('dueOn', t('disclosures.dueOn'), (one) => one.dueOn),
    drawnColumn<Duty>('state', t('disclosures.state'), {
      words: (one) => t(`disclosures.states.${one.state}`),
      draw: (one) => (
        <>
          <State tone={dutyTones[one.state]}>{t(`disclosures.states.${one.state}`)}</State>{' '}
          {one.daysLeft !== null && (
            <span className="soft small">
              {t(one.daysLeft < 0 ? 'disclosures.daysLate' : 'disclosures.daysLeft', {
                days: Math.abs(one.daysLeft),
              })}
            </span>
          )}
        </>
      ),
    }),
  ];
}

function AddDuty({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('console');
  const [kind, setKind] = useState<(typeof noted)[number]>('related_party');
  const [subjectCode, setSubjectCode] = useState('');
  const [happenedOn, setHappenedOn] = useState(today);
  const [what, setWhat] = useState('');
  const add = useSend(routes.disclosure.addDuty);
  const checks = useChecks();
  const filled = useFilled();
  function send() {
    if (!checks.pass({ what: filled(what, t('disclosures.happened')) })) return;
    const body = { kind, subjectCode: subjectCode.trim() || null, happenedOn, what };
    add.run({ body }, () => {
      say(t('disclosures.added'));
      onClose();
    });
  }
  return (
    <Dialog title={t('disclosures.add')} open onClose={onClose}>
      <Form
        scope="add"
        errors={checks.errors}
        call={add}
        onSend={send}
        send={t('disclosures.addSend')}
      >
        <Select
          name="kind"
          label={t('disclosures.kind')}
          value={kind}
          onChange={(picked) => setKind(noted.find((one) => one === picked) ?? 'related_party')}
          options={noted.map((one) => ({ value: one, label: t(`disclosures.kinds.${one}`) }))}
        />
        <TextField
          name="what"
          label={t('disclosures.happened')}
          value={what}
          maxLength={100}
          onChange={setWhat}
        />
        <DateField
          name="happenedOn"
          label={t('disclosures.happenedOn')}
          value={happenedOn}
          onChange={setHappenedOn}
        />
        <TextField
          name="subjectCode"
          label={t('disclosures.subjectCode')}
          hint={t('disclosures.subjectCodeHint')}
          optional
          maxLength={60}
          value={subjectCode}
          onChange={setSubjectCode}
        />
      </Form>
    </Dialog>
  );
}
