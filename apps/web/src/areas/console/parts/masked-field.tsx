import { type RouteInput, type RouteOutput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Form, TextField } from '../../../shared/ui/index.ts';
import { useSourceWords } from '../person/source-words.ts';
import { useChecks, useFilled } from './checks.ts';
import { Icon } from './icons.tsx';
import { Phrases } from './phrases.tsx';
import { useSend } from './send.ts';

type SensitiveField = RouteInput<typeof routes.resident.openField>['body']['field'];
type Opened = RouteOutput<typeof routes.resident.openField>;

interface MaskedFieldProps {
  personId: string;
  field: SensitiveField;
  /** What the field is called, when it is not in its usual words. */
  label?: string;
  /** What is shown while it is masked; null when nothing is on file. */
  masked: string | null;
}

/** A masked field with its lock: opens with a reason, and is hidden again when the page is left. */
export function MaskedField({ personId, field, masked, ...props }: MaskedFieldProps) {
  const { t } = useTranslation('console');
  const label = props.label ?? t(`codes.sensitive.${field}`);
  const [asking, setAsking] = useState(false);
  const [opened, setOpened] = useState<Opened | null>(null);
  if (masked === null) return <span className="soft">{t('file.empty')}</span>;
  if (opened !== null)
    return (
      <span className="opened" role="status">
        <strong>{opened.value ?? t('file.empty')}</strong>{' '}
        <small className="soft">{t('file.opened')}</small>
        <Said said={opened.said} />
      </span>
    );
  return (
    <span className="masked">
      <Icon name="lock" />
      <span>{masked}</span>
      <Button
        kind="quiet"
        label={t('file.openLabel', { field: label })}
        onPress={() => setAsking(true)}
      >
        {t('file.open')}
      </Button>
      {asking && (
        <ReasonDialog
          personId={personId}
          field={field}
          label={label}
          onClose={() => setAsking(false)}
          onOpened={(answer) => {
            setOpened(answer);
            setAsking(false);
          }}
        />
      )}
    </span>
  );
}

/** What each source says, when there is more than one. */
function Said({ said }: { said: Opened['said'] }) {
  const { t } = useTranslation('console');
  const sourceWords = useSourceWords();
  if (said.length === 0) return null;
  return (
    <ul className="sayings" aria-label={t('person.said')}>
      {said.map((one, place) => (
        <li key={place}>
          {one.value}{' '}
          <span className="soft small">
            {sourceWords(one.source)} · {one.source.on}
          </span>
        </li>
      ))}
    </ul>
  );
}

interface ReasonDialogProps {
  personId: string;
  field: SensitiveField;
  label: string;
  onClose: () => void;
  onOpened: (answer: Opened) => void;
}

function ReasonDialog({ personId, field, label, onClose, onOpened }: ReasonDialogProps) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const open = useSend(routes.resident.openField);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <Dialog title={t('file.reasonTitle', { field: label })} open onClose={onClose}>
      <Form
        call={open}
        errors={checks.errors}
        onSend={() => {
          if (checks.pass({ reason: filled(reason, t('file.reason')) }))
            open.run({ params: { personId }, body: { field, reason } }, onOpened);
        }}
        send={t('file.open')}
      >
        <TextField
          name="reason"
          label={t('file.reason')}
          hint={t('file.reasonHint')}
          value={reason}
          onChange={setReason}
        />
        <Phrases kind="open" ready={t('file.reasons')} text="" onChange={setReason} />
      </Form>
    </Dialog>
  );
}
