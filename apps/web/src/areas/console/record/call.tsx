import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ButtonAnchor, useRefusalText } from '../../../shared/ui/index.ts';
import { Icon } from '../parts/icons.tsx';
import { useSend } from '../parts/send.ts';

interface CallProps {
  personId: string;
  /** The matter's number, which becomes the reason of the opening. */
  number: string;
}

/** One tap opens the telephone number, with the matter as reason; the next one calls. */
export function Call({ personId, number }: CallProps) {
  const { t } = useTranslation('console');
  const text = useRefusalText();
  const open = useSend(routes.resident.openField);
  const [telephone, setTelephone] = useState<string | null | undefined>(undefined);
  const body = { field: 'telephone', reason: t('need.record.callReason', { number }) } as const;
  if (typeof telephone === 'string')
    return (
      <ButtonAnchor kind="primary" href={`tel:${telephone}`}>
        <Icon name="call" />
        {t('need.record.callNumber', { telephone })}
      </ButtonAnchor>
    );
  return (
    <>
      <Button
        busy={open.busy}
        refusedBecause={telephone === null ? t('need.record.callNone') : undefined}
        onPress={() => open.run({ params: { personId }, body }, ({ value }) => setTelephone(value))}
      >
        <Icon name="call" />
        {t('need.record.call')}
      </Button>
      {open.refusal && <span className="field-error">{text(open.refusal)}</span>}
    </>
  );
}
