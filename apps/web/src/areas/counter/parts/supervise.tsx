import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../shared/api/query.ts';
import { holds, useSession } from '../../../shared/session/session.ts';
import { Button, CodeField, Form, say, TextField } from '../../../shared/ui/index.ts';
import { tillStore } from '../till/store.ts';

/** A supervisor sets the code that allows prices and returns; whoever is none sees nothing here. */
export function SupervisorCode() {
  const { t } = useTranslation('counter');
  const { session } = useSession();
  const [code, setCode] = useState('');
  const set = useCall(routes.counter.setSupervisorCode);
  if (!holds(session, 'till.supervise')) return null;
  const send = async () => {
    const done = await set.send({ body: { code } }).catch(() => null);
    if (!done) return;
    say(t('supervise.codeSet'));
    setCode('');
  };
  return (
    <details>
      <summary>{t('supervise.code')}</summary>
      <Form onSend={() => void send()} call={set} scope="supervise">
        <CodeField
          name="code"
          type="password"
          label={t('supervise.digits')}
          hint={t('supervise.hint')}
          value={code}
          onChange={setCode}
        />
        <Button type="submit" busy={set.busy}>
          {t('supervise.set')}
        </Button>
      </Form>
    </details>
  );
}

/** A till that will not come back: a supervisor writes off what it holds, with a reason; its goods count as missing. */
export function WriteOff({ tillId }: { tillId: string }) {
  const { t } = useTranslation('counter');
  const { session } = useSession();
  const [reason, setReason] = useState('');
  const writeOff = useCall(routes.counter.writeOff);
  if (!holds(session, 'till.supervise')) return null;
  const send = async () => {
    const done = await writeOff.send({ params: { tillId }, body: { reason } }).catch(() => null);
    if (!done) return;
    say(t('supervise.writtenOff'));
    await tillStore.refresh();
  };
  return (
    <details>
      <summary>{t('supervise.writeOff')}</summary>
      <p>{t('supervise.writeOffLead')}</p>
      <Form onSend={() => void send()} call={writeOff} scope="write-off">
        <TextField
          name="reason"
          label={t('supervise.reason')}
          value={reason}
          onChange={setReason}
        />
        <Button type="submit" kind="danger" busy={writeOff.busy}>
          {t('supervise.writeOffDo')}
        </Button>
      </Form>
    </details>
  );
}
