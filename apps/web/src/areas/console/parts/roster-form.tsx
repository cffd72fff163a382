import { type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  Button,
  Checkbox,
  Dialog,
  Form,
  say,
  Select,
  TextArea,
  TextField,
} from '../../../shared/ui/index.ts';
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
  const [value, setValue] = useState({ ...roster, days: String(roster.retentionDays) });
  const send = useSend(routes.roster.update);
  const update = (change: Partial<typeof value>) => setValue((now) => ({ ...now, ...change }));
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
      <Form onSend={save} refusal={send.refusal} busy={send.busy}>
        <TextField
          name="name"
          label={t('rosterForm.name')}
          value={value.name}
          onChange={(name) => update({ name })}
        />
        <Select
          name="groupCode"
          label={t('rosterForm.group')}
          placeholder={t('rosterForm.none')}
          value={value.groupCode ?? ''}
          onChange={(code) => update({ groupCode: code || null })}
          options={groups.map((one) => ({ value: one.code, label: one.name }))}
        />
        <Checkbox
          name="registersDeaths"
          label={t('rosterForm.deaths')}
          checked={value.registersDeaths}
          onChange={(registersDeaths) => update({ registersDeaths })}
        />
        <TextArea
          name="purpose"
          label={t('rosterForm.purpose')}
          value={value.purpose}
          onChange={(purpose) => update({ purpose })}
          most={200}
          rows={2}
        />
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
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={send.busy}>
            {t('rosterForm.send')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
