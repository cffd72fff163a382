import { type RouteOutput, routes } from '@wennuan/contract';
import { useTranslation } from 'react-i18next';
import {
  Checkbox,
  Dialog,
  Form,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
import { useValues } from '../../../shared/values.ts';
import { oneOf } from '../routes.root.tsx';
import { useSend } from './send.ts';

type Rosters = RouteOutput<typeof routes.roster.list>;
export type Roster = Rosters['items'][number];

const BASES = ['statutory_duty', 'agreed_sharing', 'consent'] as const;

/** What a roster is for: group, purpose, legal ground, days to keep. */
export function RosterForm(props: {
  roster: Roster;
  groups: Rosters['groups'];
  onClose: () => void;
}) {
  const { roster, groups, onClose } = props;
  const { t } = useTranslation('console');
  const { value, update, field, tick } = useValues({
    ...roster,
    days: String(roster.retentionDays),
  });
  const send = useSend(routes.roster.update);
  function save() {
    const { name, groupCode, registersDeaths, purpose, legalBasis } = value;
    const body = { name, groupCode, registersDeaths, purpose, legalBasis };
    const input = {
      params: { rosterId: roster.id },
      body: { ...body, retentionDays: Number.parseInt(value.days, 10) || 0 },
    };
    send.run(input, () => {
      say(t('rosterForm.saved'));
      onClose();
    });
  }
  return (
    <Dialog title={t('rosterForm.title', { name: roster.name })} open onClose={onClose}>
      <Form onSend={save} call={send} send={t('rosterForm.send')}>
        <TextField {...field('name')} label={t('rosterForm.name')} />
        <Select
          name="groupCode"
          label={t('rosterForm.group')}
          placeholder={t('rosterForm.none')}
          value={value.groupCode ?? ''}
          onChange={(code) => update({ groupCode: code || null })}
          options={groups.map((one) => ({ value: one.code, label: one.name }))}
        />
        <Checkbox {...tick('registersDeaths')} label={t('rosterForm.deaths')} />
        <TextArea {...field('purpose')} label={t('rosterForm.purpose')} most={200} rows={2} />
        <Select
          name="legalBasis"
          label={t('rosterForm.basis')}
          value={value.legalBasis}
          onChange={(basis) => update({ legalBasis: oneOf(BASES, basis) ?? 'statutory_duty' })}
          options={BASES.map((one) => ({ value: one, label: t(`rosterForm.bases.${one}`) }))}
        />
        <TextField
          name="retentionDays"
          label={t('rosterForm.retention')}
          hint={t('rosterForm.retentionHint')}
          inputMode="numeric"
          short
          value={value.days}
          onChange={(days) => update({ days })}
        />
      </Form>
    </Dialog>
  );
}
