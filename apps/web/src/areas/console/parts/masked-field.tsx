import { type RouteInput, routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Dialog, Form, TextField } from '../../../shared/ui/index.ts';
import { useChecks, useFilled } from './checks.ts';
import { Icon } from './icons.tsx';
import { Phrases } from './phrases.tsx';
import { useSend } from './send.ts';

export type SensitiveField = RouteInput<typeof routes.resident.openField>['body']['field'];

interface MaskedFieldProps {
  personId: string;
  field: SensitiveField;
  /** What is shown while it is masked; null when nothing is on file. */
  masked: string | null;
}

/** A masked field with its lock: opens with a reason, and is hidden again when the page is left. */
export function MaskedField({ personId, field, masked }: MaskedFieldProps) {
  const { t } = useTranslation('console');
  const [asking, setAsking] = useState(false);
  const [value, setValue] = useState<string | null>(null);
  const name = t(`codes.sensitive.${field}`);
  if (masked === null) return <span className="soft">{t('file.empty')}</span>;
  if (value !== null)
    return (
      <span className="opened" role="status">
        <strong>{value}</strong> <small className="soft">{t('file.opened')}</small>
      </span>
    );
  return (
    <span className="masked">
      <Icon name="lock" />
      <span>{masked}</span>
      <Button
        kind="quiet"
        label={t('file.openLabel', { field: name })}
        onPress={() => setAsking(true)}
      >
        {t('file.open')}
      </Button>
      {asking && (
        <ReasonDialog
          personId={personId}
          field={field}
          onClose={() => setAsking(false)}
          onOpened={(opened) => {
            setValue(opened ?? t('file.empty'));
            setAsking(false);
          }}
        />
      )}
    </span>
  );
}

interface ReasonDialogProps {
  personId: string;
  field: SensitiveField;
  onClose: () => void;
  onOpened: (value: string | null) => void;
}

function ReasonDialog({ personId, field, onClose, onOpened }: ReasonDialogProps) {
  const { t } = useTranslation('console');
  const [reason, setReason] = useState('');
  const open = useSend(routes.resident.openField);
  const checks = useChecks();
  const filled = useFilled();
  return (
    <Dialog
      title={t('file.reasonTitle', { field: t(`codes.sensitive.${field}`) })}
      open
      onClose={onClose}
    >
      <Form
        busy={open.busy}
        errors={checks.errors}
        refusal={open.refusal}
        onSend={() => {
          if (checks.pass({ reason: filled(reason, t('file.reason')) }))
            open.run({ params: { personId }, body: { field, reason } }, ({ value }) =>
              onOpened(value),
            );
        }}
      >
        <TextField
          name="reason"
          label={t('file.reason')}
          hint={t('file.reasonHint')}
          value={reason}
          onChange={setReason}
        />
        <Phrases kind="open" ready={t('file.reasons')} text="" onChange={setReason} />
        <div className="form-actions">
          <Button type="submit" kind="primary" busy={open.busy}>
            {t('file.open')}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
