import { routes } from '@wennuan/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog, Form, say, TextField } from '../../../shared/ui/index.ts';
import type { Task } from './codes.ts';
import { useSend } from './send.ts';

/** Takes a task for oneself. */
export function useTake(task: Task) {
  const { t } = useTranslation('console');
  const take = useSend(routes.desk.take);
  return {
    busy: take.busy,
    now: () =>
      take.run({ params: { taskId: task.id }, body: { toAccountName: null } }, () =>
        say(`${task.number} ${t('desk.taken')}`),
      ),
  };
}

interface HandOverProps {
  task: Task;
  onClose: () => void;
}

/** Asks to whom a task goes. */
export function HandOver({ task, onClose }: HandOverProps) {
  const { t } = useTranslation('console');
  const [name, setName] = useState('');
  const take = useSend(routes.desk.take);
  return (
    <Dialog title={t('desk.handOverLabel', { number: task.number })} open onClose={onClose}>
      <Form
        call={take}
        onSend={() =>
          take.run({ params: { taskId: task.id }, body: { toAccountName: name.trim() } }, () => {
            say(t('desk.handed', { name: name.trim() }));
            onClose();
          })
        }
        send={t('desk.handOver')}
      >
        <TextField
          name="toAccountName"
          label={t('desk.handTo')}
          hint={t('desk.handToHint')}
          value={name}
          onChange={setName}
        />
      </Form>
    </Dialog>
  );
}
